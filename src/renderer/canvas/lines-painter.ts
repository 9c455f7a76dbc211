import type { Shape } from '../../shared/shape';
import type { SourceMap, SourcePlace } from '../../shared/source-map';
import type { ShownLine } from '../state/document/picture-view';
import { FlowPainter } from './flow-painter';
import type { Frame } from './frame';
import { paintLines } from './line-painter';
import { paintShape } from './live-shape';
import { hasPixelGrid, paintPixelGrid } from './pixel-grid';
import { paintSourceLink } from './source-link-painter';

/** What is drawn over the picture in thin lines: the pixel grid, and, where marks are seen, all that points at places of it. */
export class LinesPainter {
  grid = true;
  /** The lines that fills continue. */
  lines: readonly ShownLine[] = [];
  /** A place of a fill, and where it came from. */
  inspected: SourcePlace | null = null;
  private readonly flow = new FlowPainter();

  /** Colours fills by where they came from; `reach`: the distance of the strongest colour, pixels. */
  setFlow(maps: readonly SourceMap[], reach: number): void {
    this.flow.show(maps, reach);
  }

  /** Whether `paint` would leave the canvas clear. @param shape the area under the hand */
  isEmpty(frame: Frame, shape: Shape | null, marks: boolean): boolean {
    if (this.grid && hasPixelGrid(frame)) return false;
    return !marks || (this.flow.isEmpty() && !shape && !this.inspected && this.lines.length === 0);
  }

  paint(context: CanvasRenderingContext2D, frame: Frame, shape: Shape | null, marks: boolean): void {
    if (this.grid) paintPixelGrid(context, frame);
    if (!marks) return;
    this.flow.paint(context, frame);
    if (this.lines.length > 0) paintLines(context, frame, this.lines);
    if (shape) paintShape(context, frame, shape);
    if (this.inspected) paintSourceLink(context, frame, this.inspected);
  }
}
