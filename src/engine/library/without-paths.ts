/** A path of at least two parts, on any system; what follows its last separator is kept. */
const PATH = /(?:file:\/\/)?(?:[A-Za-z]:)?(?:[\\/][^\\/\s"'“”„:;,()]+)+[\\/]([^\\/\s"'“”„:;,()]*)/g;

/** Words of programs without the folders that they name: who works here, and on what, is nobody's business. */
export function withoutPaths(text: string): string {
  return text.replaceAll(PATH, (_, name: string) => `…/${name}`);
}
