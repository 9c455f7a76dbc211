/** A part of a picture, smaller, as CIE Lab. */
import type { Rect, Size } from '../../shared/geometry';
import type { PictureView } from '../image/picture-view';
import { linearTable, writeLab } from './compose/colour-lab';
import { inBands, type Pause } from '../raster/pacing';

export interface LabView extends Size {
  /** Picture pixels that it shows; the last column and row may show fewer than `step`. */
  readonly box: Rect;
  /** Picture pixels a side of one of its own. */
  readonly step: number;
  /** height x width x 3: L 0..100, a, b */
  readonly colours: Float32Array;
}

const LINEAR = linearTable(255);

/** Means of squares of `step` pixels. @param box inside the picture */
export async function labView(view: PictureView, box: Rect, step: number, pause: Pause): Promise<LabView> {
  const width = Math.ceil(box.width / step);
  const height = Math.ceil(box.height / step);
  const colours = new Float32Array(3 * width * height);
  const row = new Float32Array(3 * box.width);
  await inBands({ width: box.width * step, height }, pause, (from, to) => {
    for (let y = from; y < to; y++) {
      const bottom = Math.min(box.height, (y + 1) * step);
      for (let v = y * step; v < bottom; v++) {
        view.readRow(box.y + v, box.x, box.width, row);
        for (let u = 0; u < box.width; u++) {
          const at = 3 * (y * width + Math.floor(u / step));
          for (let c = 0; c < 3; c++) colours[at + c] += row[3 * u + c];
        }
      }
      for (let x = 0; x < width; x++) {
        const under = (bottom - y * step) * Math.min(step, box.width - x * step);
        const at = 3 * (y * width + x);
        const light = (c: number) => LINEAR[Math.round(((colours[at + c] / under + 1) / 2) * 255)];
        writeLab(light(0), light(1), light(2), colours, at);
      }
    }
  });
  return { width, height, box, step, colours };
}
