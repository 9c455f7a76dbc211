import type { ErrorCode } from '../errors';
import type { Language } from '../language';

/** What happened, and what the person can do about it; a sentence each, the second empty where there is nothing to do. */
export type Sentences = readonly [message: string, remedy: string];

/** What sentences are made of. Names are without their folder. */
export type Parameters = Readonly<Record<string, string | number>>;
type NoParameters = Readonly<Record<string, never>>;

/** Parameters of these names, whatever they are. */
export type With<Names extends string> = Readonly<Record<Names, string | number>>;
export type Named = Readonly<{ name: string }>;

/** Why something failed: the code that programs go by, and what is said of it in each language. */
export interface Reason<P extends Parameters> {
  readonly code: ErrorCode;
  readonly words: { readonly [L in Language]: (parameters: P) => Sentences };
}

/** A row of the tables: `de` takes what `en` declares that it takes. */
export function reason<P extends Parameters = NoParameters>(code: ErrorCode, words: Reason<P>['words']): Reason<P> {
  return { code, words };
}

/** A text from elsewhere as the end of a sentence. */
export function ended(text: string | number): string {
  const words = String(text).trim();
  return /[.!?]$/.test(words) ? words : `${words}.`;
}
