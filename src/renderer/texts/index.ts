import { en, type Texts } from './en';

/** Every text a person reads, in the language of the window. */
export const texts: Texts = en;
