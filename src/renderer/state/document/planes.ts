/** The three planes a person paints: what vanishes, where patches may come from, and where they may not. */
export const PLANE_NAMES = ['hole', 'include', 'exclude'] as const;
export type PlaneName = (typeof PLANE_NAMES)[number];

/** What a stroke does to a plane. */
export interface PlaneTarget {
  readonly plane: PlaneName;
  readonly on: boolean;
}

/**
 * What marking a plane does to the others: the last word counts, so a place is never both included and excluded. Taking
 * away changes the plane alone.
 */
export function targetsOf(plane: PlaneName, on: boolean): readonly PlaneTarget[] {
  if (!on || plane === 'hole') return [{ plane, on }];
  return [
    { plane, on },
    { plane: plane === 'include' ? 'exclude' : 'include', on: false },
  ];
}

/** What the eraser does: paint of every colour goes. */
export const ERASED: readonly PlaneTarget[] = PLANE_NAMES.map((plane) => ({ plane, on: false }));

/** Whether a stroke takes everything away, and so hints, too. */
export function erasesAll(targets: readonly PlaneTarget[]): boolean {
  return PLANE_NAMES.every((name) => targets.some(({ plane, on }) => plane === name && !on));
}
