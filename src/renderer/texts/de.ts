import { en, type Texts } from './en';

/** German. */
export const de: Texts = en;
