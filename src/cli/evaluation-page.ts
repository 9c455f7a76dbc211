import type { Comparison } from '../engine/measure/comparison';
import type { PictureScore } from '../engine/measure/score';
import { rawInput, sharp } from '../engine/image/sharp';
import type { Size } from '../shared/geometry';

/** Longest side of a picture on the page, pixels. */
const SHOWN_SIDE = 384;
/** Holes are shown in this grey. */
const BLANK = 128;

interface Row {
  readonly truth: string;
  readonly blanked: string;
  readonly results: { readonly model: string; readonly picture: string; readonly caption: string }[];
}

/** A page of its own with pictures side by side: the picture, its hole, and what each model made of it. */
export class EvaluationPage {
  private readonly rows = new Map<string, Row>();

  /** @param names of the pictures, in the order in which they are shown */
  constructor(private readonly names: readonly string[]) {}

  async add(model: string, name: string, comparison: Comparison, score: PictureScore): Promise<void> {
    const { truth, result, hole } = comparison;
    const row = this.rows.get(name) ?? {
      truth: await embedded(truth, comparison),
      blanked: await embedded(
        truth.map((sample, i) => (hole[Math.floor(i / 3)] === 1 ? BLANK : sample)),
        comparison,
      ),
      results: [],
    };
    const caption = `hole l1 ${score.holeL1.toFixed(2)} %, PSNR ${score.psnr.toFixed(2)}, SSIM ${score.ssim.toFixed(3)}, gradient ${score.gradient.toFixed(2)}`;
    row.results.push({ model, picture: await embedded(result, comparison), caption });
    this.rows.set(name, row);
  }

  html(head: readonly string[], cells: readonly (readonly string[])[]): string {
    const line = (tag: string, values: readonly string[]): string =>
      `<tr>${values.map((value) => `<${tag}>${escaped(value)}</${tag}>`).join('')}</tr>`;
    const scores = `<table>${line('th', head)}${cells.map((row) => line('td', row)).join('')}</table>`;
    const sections = this.names.map((name) => {
      const row = this.rows.get(name);
      if (row === undefined) return '';
      const figures = [
        figure(row.truth, 'as it was', ''),
        figure(row.blanked, 'hole', ''),
        ...row.results.map(({ model, picture, caption }) => figure(picture, model, caption)),
      ];
      return `<section><h2>${escaped(name)}</h2><div>${figures.join('')}</div></section>`;
    });
    return `<!doctype html>\n<html lang="en"><head><meta charset="utf-8">${POLICY}<title>Evaluation</title><style>${STYLE}</style></head><body><h1>Evaluation</h1>${scores}${sections.join('\n')}</body></html>\n`;
  }
}

/** Interleaved RGB samples as a PNG. */
export async function pngOf(samples: Uint8Array, { width, height }: Size): Promise<Buffer> {
  return sharp(...rawInput({ width, height, channels: 3, samples }))
    .png()
    .toBuffer();
}

/** Whatever a name holds, nothing is fetched and no script runs. */
const POLICY = `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">`;

const STYLE = `body{font:14px system-ui,sans-serif;margin:24px;background:#fff;color:#111}
table{border-collapse:collapse}th,td{padding:4px 10px;border-bottom:1px solid #ccc;text-align:right}
th:first-child,td:first-child{text-align:left}section>div{display:flex;flex-wrap:wrap;gap:12px}
figure{margin:0;max-width:${SHOWN_SIDE}px}img{display:block;max-width:100%}figcaption{padding:4px 0 12px}small{color:#555}`;

function figure(picture: string, title: string, caption: string): string {
  const alt = escaped(title);
  return `<figure><img src="${picture}" alt="${alt}"><figcaption>${alt}<br><small>${escaped(caption)}</small></figcaption></figure>`;
}

async function embedded(samples: Uint8Array, { width, height }: Size): Promise<string> {
  const bytes = await sharp(...rawInput({ width, height, channels: 3, samples }))
    .resize({ width: SHOWN_SIDE, height: SHOWN_SIDE, fit: 'inside', withoutEnlargement: true })
    .jpeg({ quality: 90, chromaSubsampling: '4:4:4' })
    .toBuffer();
  return `data:image/jpeg;base64,${bytes.toString('base64')}`;
}

function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
