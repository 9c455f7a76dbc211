/** Parts of what is looked at by cells, such as a hole. */

/**
 * Occupied cells that hang together, as lists of cell numbers.
 * @param occupied rows x columns, 0: empty
 * @param touching whether two that share only a corner do
 */
export function connectedCells(
  occupied: ArrayLike<number>,
  columns: number,
  rows: number,
  touching: 'corners' | 'edges' = 'corners',
): number[][] {
  const seen = new Uint8Array(occupied.length);
  const parts: number[][] = [];
  for (let start = 0; start < occupied.length; start++) {
    if (occupied[start] === 0 || seen[start] === 1) continue;
    const part = [start];
    seen[start] = 1;
    for (let next = 0; next < part.length; next++) {
      const column = part[next] % columns;
      const row = (part[next] - column) / columns;
      for (let y = Math.max(0, row - 1); y <= Math.min(rows - 1, row + 1); y++) {
        for (let x = Math.max(0, column - 1); x <= Math.min(columns - 1, column + 1); x++) {
          if (touching === 'edges' && x !== column && y !== row) continue;
          const neighbour = y * columns + x;
          if (occupied[neighbour] === 0 || seen[neighbour] === 1) continue;
          seen[neighbour] = 1;
          part.push(neighbour);
        }
      }
    }
    parts.push(part);
  }
  return parts;
}

/** Joins pairs of a list as long as there are some to be joined. @param join null where two stay apart */
export function joinPairs<T>(parts: readonly T[], join: (a: T, b: T) => T | null): T[] {
  const open = [...parts];
  for (let i = 0; i < open.length; i++) {
    for (let j = i + 1; j < open.length; j++) {
      const both = join(open[i], open[j]);
      if (both === null) continue;
      open[i] = both;
      open.splice(j, 1);
      // What is larger now may take in one that was too far before.
      j = i;
    }
  }
  return open;
}
