import { spokenLanguage } from '../texts';

/** A number with as many digits as tell something, as the language writes it. */
export function figure(value: number, digits = 4): string {
  const size = Math.abs(value);
  const notation = size !== 0 && (size < 1e-3 || size >= 1e6) ? 'scientific' : 'standard';
  // Nothing is less than nothing: -0 + 0 is 0.
  return (value + 0).toLocaleString(spokenLanguage(), { maximumSignificantDigits: digits, notation });
}
