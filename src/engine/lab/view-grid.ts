import type { Grid } from '../../shared/lab/densities';
import type { Target } from './experiments';

/** Cells of a line, and along each side of a plane. */
const LINE = 100;
const PLANE = 40;
/** How far a plane is seen, as a multiple of the outermost mode. */
const MARGIN = 1.5;

/** Cells that an experiment is looked at in: of a line, or along each axis of a plane. */
export function viewGridOf({ modes, grid }: Target): Grid {
  if (grid !== undefined) return { from: grid.from, cell: (grid.cell * grid.count) / LINE, count: LINE };
  const reach = MARGIN * Math.max(...modes.flat().map(Math.abs));
  return { from: -reach, cell: (2 * reach) / PLANE, count: PLANE };
}
