/**
 * Characters that a terminal obeys instead of showing: control characters, and those that turn the direction of writing.
 * Line feeds and tabs are the program's own.
 */
// eslint-disable-next-line no-control-regex -- that is what it looks for
const OBEYED = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u200E\u200F\u202A-\u202E\u2066-\u2069]/g;

/**
 * A text as it may be sent to a terminal: names of files can hold anything, and must not steer it. ESC becomes "\u001b",
 * the way in which JSON writes it too, so that JSON stays what it was.
 */
export function visible(text: string): string {
  return text.replaceAll(OBEYED, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
