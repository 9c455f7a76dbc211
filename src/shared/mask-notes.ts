/** How a mask was understood where it is not plainly white on black: what the command line and the window say of it. */
import { z } from 'zod';
import type { Language } from './language';

export const maskNoteSchema = z.discriminatedUnion('kind', [
  /** It is a copy of the photo in which something was painted or erased. */
  z.object({ kind: z.literal('copy') }),
  /** Black paint on a transparent layer. */
  z.object({ kind: z.literal('ink') }),
  /** Nothing is white, and a part is transparent. */
  z.object({ kind: z.literal('erased') }),
  /** Numbers of classes, or two greys; all but the least are filled. */
  z.object({ kind: z.literal('values'), values: z.string().max(100), least: z.number() }),
  /** It lay as the camera stored the photo. */
  z.object({ kind: z.literal('turned') }),
]);
export type MaskNote = z.infer<typeof maskNoteSchema>;

export function maskNoteSentence(note: MaskNote, language: Language): string {
  return sentences(note)[language];
}

function sentences(note: MaskNote): Readonly<Record<Language, string>> {
  switch (note.kind) {
    case 'copy':
      return {
        en: 'The mask is a copy of the photo; what was painted or erased in it is filled.',
        de: 'Die Maske ist eine Kopie des Fotos; gefüllt wird, was darin gemalt oder radiert ist.',
      };
    case 'ink':
      return {
        en: 'What is painted on the transparent mask, in black, is filled.',
        de: 'Gefüllt wird, was schwarz auf die durchsichtige Maske gemalt ist.',
      };
    case 'erased':
      return {
        en: 'The mask has nothing white; its transparent part is filled.',
        de: 'In der Maske ist nichts weiß; gefüllt wird, was darin durchsichtig ist.',
      };
    case 'values':
      return {
        en: `The mask has the values ${note.values} and no white; all but ${note.least} is filled.`,
        de: `Die Maske hat die Werte ${note.values} und kein Weiß; gefüllt wird alles außer ${note.least}.`,
      };
    case 'turned':
      return {
        en: 'The mask lies as the camera stored the photo; it was turned as the photo is.',
        de: 'Die Maske liegt so, wie die Kamera das Foto abgelegt hat; sie wurde gedreht wie das Foto.',
      };
  }
}
