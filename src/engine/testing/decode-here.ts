/** Before the tests of every file: they decode where they are, and load what does so when there is a picture. */
import { decodeAt } from '../image/decoding-place';

decodeAt(async () => (await import('./open-here')).openHere);
