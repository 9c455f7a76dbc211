import type { Shape } from '../../shared/shape';
import type { ShownFlow, ShownLine, ShownSource } from '../state/document/picture-view';
import { FlowPainter } from './flow-painter';
import type { Frame } from './frame';
import { paintLines } from './line-painter';
import { paintShape } from './live-shape';
import { hasPixelGrid, paintPixelGrid } from './pixel-grid';
import { paintInside, paintPiece } from './piece-painter';
import { paintSourceLink } from './source-link-painter';

/** What is drawn over the picture in thin lines: the pixel grid, and, where marks are seen, all that points at places of it. */
export class LinesPainter {
  grid = true;
  /** The lines that fills continue. */
  lines: readonly ShownLine[] = [];
  /** A place of a fill, and where it came from. */
  inspected: ShownSource | null = null;
  private readonly flow = new FlowPainter();

  /** @param picture draws the picture as it is seen */
  constructor(private readonly picture: (context: CanvasRenderingContext2D, frame: Frame) => void) {}

  /** Colours fills by where they came from; `reach`: the distance of the strongest colour, pixels. */
  setFlow(flows: readonly ShownFlow[], reach: number): void {
    this.flow.show(flows, reach);
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
    if (this.inspected) this.paintInspected(context, frame, this.inspected);
  }

  private paintInspected(context: CanvasRenderingContext2D, frame: Frame, source: ShownSource): void {
    if (source.kind === 'patch') {
      paintSourceLink(context, frame, source);
      return;
    }
    if (source.dragged) paintInside(context, frame, source, (moved) => this.picture(context, moved));
    paintPiece(context, frame, source);
  }
}
