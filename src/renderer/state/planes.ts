/** The three planes a person paints: what vanishes, where patches may come from, and where they may not. */
export const PLANE_NAMES = ['hole', 'include', 'exclude'] as const;
export type PlaneName = (typeof PLANE_NAMES)[number];

/** What a stroke does to a plane. */
export interface PlaneTarget {
  readonly plane: PlaneName;
  readonly on: boolean;
}
