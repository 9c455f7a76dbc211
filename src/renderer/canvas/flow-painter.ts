import { cellsAcross, cellsDown, type SourceMap } from '../../shared/source-map';
import { flowPixels } from './flow-colours';
import type { ShownFlow } from '../state/document/picture-view';
import { drawOnto, type Frame } from './frame';
import { paintSeams } from './piece-painter';

interface FlowImage extends ShownFlow {
  readonly image: OffscreenCanvas;
}

/** Draws where fills came from, as colours over them. */
export class FlowPainter {
  private images: readonly FlowImage[] = [];

  /** @param reach the distance of the strongest colour, pixels */
  show(flows: readonly ShownFlow[], reach: number): void {
    this.images = flows.map((flow) => ({ ...flow, image: imageOf(flow.map, reach) }));
  }

  /** Whether there is no map to draw. */
  isEmpty(): boolean {
    return this.images.length === 0;
  }

  paint(context: CanvasRenderingContext2D, frame: Frame): void {
    context.save();
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.imageSmoothingEnabled = false;
    for (const { map, image } of this.images) {
      const { width, height } = image;
      const target = { x: map.box.x, y: map.box.y, width: width * map.cell, height: height * map.cell };
      drawOnto(context, frame, image, { x: 0, y: 0, width, height }, target);
    }
    context.restore();
    for (const { seams } of this.images) if (seams) paintSeams(context, frame, seams);
  }
}

function imageOf(map: SourceMap, reach: number): OffscreenCanvas {
  const image = new OffscreenCanvas(cellsAcross(map), cellsDown(map));
  const pixels = new ImageData(flowPixels(map, reach), image.width, image.height);
  image.getContext('2d')?.putImageData(pixels, 0, 0);
  return image;
}
