/** How far one direction is turned from another, the shorter way round. Radians, -pi .. pi. */
export function signedTurn(to: number, from: number): number {
  const turn = to - from;
  return turn - 2 * Math.PI * Math.round(turn / (2 * Math.PI));
}
