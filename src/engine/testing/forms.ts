import { PICTURE_FORMAT_NAMES, PICTURE_FORMATS, type PictureFormat } from '../../shared/picture-formats';

/** What a format's pictures can be. */
export interface PictureForm {
  readonly format: PictureFormat;
  readonly channels: 3 | 4;
  readonly depth: 8 | 16;
  readonly grey: boolean;
}

/** Every form that the formats hold, with its name. */
export function formsOfFormats(): readonly (readonly [name: string, form: PictureForm])[] {
  return PICTURE_FORMAT_NAMES.flatMap((format) => {
    const { alpha, depth } = PICTURE_FORMATS[format];
    const forms: readonly PictureForm[] = [
      { format, channels: 3, depth: 8, grey: false },
      { format, channels: 4, depth: 8, grey: false },
      { format, channels: 3, depth: 16, grey: false },
      { format, channels: 4, depth: 16, grey: false },
      { format, channels: 3, depth: 8, grey: true },
    ];
    return forms
      .filter((form) => (form.channels === 3 || alpha) && (form.depth === 8 || depth === 16))
      .map((form) => {
        const bits = `${form.depth} bit${form.grey ? ', grey' : ''}${form.channels === 4 ? ', with alpha' : ''}`;
        return [`${format}, ${bits}`, form] as const;
      });
  });
}
