// Finds errors that are made without a reason of src/shared/error-texts. A person who met one would read its English words as a fault
// in the program; so each is one of the program's own mistakes, or is caught and told by a reason. plain-errors.mjs says which.
import ts from 'typescript';

/** Classes whose words a person is told: what yargs says of a command line, in its language. */
const SAID = new Set(['UsageError']);

/**
 * Errors that are made in a file, by their class: `new X(...)` where X is a class of errors.
 * @param {string} file @param {string} text @returns {{ readonly line: number, readonly name: string }[]}
 */
export function plainErrors(file, text) {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  /** @type {{ line: number, name: string }[]} */
  const found = [];
  /** @param {import('typescript').Node} node */
  const visit = (node) => {
    if (ts.isNewExpression(node) && ts.isIdentifier(node.expression)) {
      const name = node.expression.text;
      if (/Error$/.test(name) && name !== 'StudioError' && !SAID.has(name) && isGivenAway(node)) {
        found.push({ line: source.getLineAndCharacterOfPosition(node.getStart()).line + 1, name });
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** Whether an error is thrown or rejected with, or handed to whoever does; a cause of another one is not. @param {import('typescript').NewExpression} node */
function isGivenAway(node) {
  const { parent } = node;
  return !(ts.isPropertyAssignment(parent) && ts.isIdentifier(parent.name) && parent.name.text === 'cause');
}
