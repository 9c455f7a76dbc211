/** What a fill goes through while it runs, in this order; stages may be left out. */
export const FILL_STAGES = ['preparing', 'coarse', 'refining', 'blending', 'detail'] as const;
export type FillStage = (typeof FILL_STAGES)[number];
