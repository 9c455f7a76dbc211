// What a person must never read, and what they must.
import { constants } from 'node:os';

const SYSTEM_CODES = new RegExp(`\\b(?:${Object.keys(constants.errno).join('|')})\\b`);
/** Of an error that a person has no part in. */
const INTERNAL = /fault in the program|Fehler im Programm/;
// eslint-disable-next-line no-control-regex -- that is what it looks for
const OBEYED = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]/;

/**
 * What is wrong with what the program said of a fault; empty: nothing.
 * @param {string} text @returns {string[]}
 */
export function complaintsAbout(text) {
  const complaints = [];
  if (SYSTEM_CODES.test(text)) complaints.push("says a system's code");
  if (/^\s+at .*:\d+/m.test(text)) complaints.push('shows a stack');
  if (/\b(?:TypeError|RangeError|ZodError|undefined|\[object)\b/.test(text)) complaints.push('speaks of itself');
  if (INTERNAL.test(text)) complaints.push('calls it a fault in the program');
  if (OBEYED.test(text)) complaints.push('holds characters that a terminal obeys');
  return complaints;
}

/**
 * The same, of words that must say what happened and what to do.
 * @param {string} text @param {readonly string[]} names one of them must be said
 */
export function complaintsAboutRefusal(text, names) {
  const complaints = complaintsAbout(text);
  if (!names.some((name) => text.includes(name))) complaints.push(`names none of ${names.join(', ')}`);
  // Beside the refusal there may be lines about one file each.
  const saysRemedy = text
    .split('\n')
    .some((line) => names.some((name) => line.includes(name)) && (line.match(/[.!?](?:\s|$|\))/g) ?? []).length >= 2);
  if (!saysRemedy) complaints.push('says no remedy');
  return complaints;
}
