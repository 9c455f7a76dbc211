/** What the hint brush paints with; its size is the tip's. */
export interface HintChoice {
  /** As in "#c86432". */
  readonly colour: string;
  /** 0..1 */
  readonly hardness: number;
  readonly opacity: number;
  readonly erases: boolean;
}

export const FIRST_HINT: HintChoice = { colour: '#808080', hardness: 0.6, opacity: 1, erases: false };
