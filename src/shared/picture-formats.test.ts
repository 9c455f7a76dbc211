import { describe, expect, it } from 'vitest';
import {
  extensionOf,
  formatOfBytes,
  formatOfPath,
  PICTURE_EXTENSIONS,
  PICTURE_FORMAT_NAMES,
  PICTURE_FORMATS,
} from './picture-formats';

describe('picture formats', () => {
  it('are told by any of their extensions, in any case and below any folder', () => {
    for (const format of PICTURE_FORMAT_NAMES)
      for (const extension of PICTURE_FORMATS[format].extensions) {
        expect(formatOfPath(`photo.${extension}`)).toBe(format);
        expect(formatOfPath(`C:\\holiday v1.2\\a.b.${extension.toUpperCase()}`)).toBe(format);
      }
  });

  it('share no extension', () => {
    expect(new Set(PICTURE_EXTENSIONS).size).toBe(PICTURE_EXTENSIONS.length);
  });

  it('are not told by names that say nothing', () => {
    expect(['photo', 'photo.txt', '.png', '/a.png/photo', 'photo.', 'photo.png '].map(formatOfPath)).toEqual(
      Array.from({ length: 6 }, () => undefined),
    );
  });

  it('are not told by bytes that are none of theirs', () => {
    const bytes = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));
    expect(formatOfBytes(bytes('\x89PNG'))).toBe('png');
    expect(['', '%PDF-1.7', 'RIFF....WAVE', 'the\xff\xd8\xff'].map((text) => formatOfBytes(bytes(text)))).toEqual(
      Array.from({ length: 4 }, () => undefined),
    );
  });

  it('have a usual extension', () => {
    expect(extensionOf('jpeg')).toBe('.jpg');
    expect(PICTURE_FORMAT_NAMES.map((format) => formatOfPath(`a${extensionOf(format)}`))).toEqual(PICTURE_FORMAT_NAMES);
  });
});
