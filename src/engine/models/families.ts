/** Kinds of generators that are handed around as ONNX files, and what people call them. */
export const FAMILIES = {
  'inpaint-studio': 'exported by Inpaint Studio',
  lama: 'LaMa',
  'lama-4': 'LaMa with one input',
  migan: 'MI-GAN',
  'migan-pipeline': 'MI-GAN pipeline',
  other: 'of no known family',
} as const;
export type Family = keyof typeof FAMILIES;
