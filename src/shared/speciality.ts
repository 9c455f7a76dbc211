/** What a generator is good at; a model says it of itself, or its user does. */
export const SPECIALITIES = ['general', 'structure', 'texture', 'vegetation', 'water', 'sky', 'faces'] as const;
export type Speciality = (typeof SPECIALITIES)[number];
