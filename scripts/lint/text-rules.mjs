// ESLint rules about the texts that people read.

const FUNCTIONS = new Set(['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression']);

/** @param {import('eslint').Rule.Node} node */
function isInFunction(node) {
  for (let at = node.parent; at; at = at.parent) if (FUNCTIONS.has(at.type)) return true;
  return false;
}

/**
 * The language can change while the program runs: a text that is read while a module loads stays in the first one.
 * @type {import('eslint').Rule.RuleModule}
 */
const readLate = {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      early:
        'This text is read when the module loads and would not follow a change of language: read it inside a function, such as `words: () => texts.actions.open`.',
    },
  },
  create: (context) => ({
    Identifier(node) {
      if (node.name !== 'texts' || isInFunction(node)) return;
      if (/^(Import|Export|TS)/.test(node.parent.type) || isOtherName(node)) return;
      context.report({ node, messageId: 'early' });
    },
  }),
};

/**
 * Whether this names something else, or declares the catalogue.
 * @param {import('eslint').Rule.Node & { type: 'Identifier' }} node
 */
function isOtherName(node) {
  const { parent } = node;
  return (
    (parent.type === 'MemberExpression' && parent.property === node && !parent.computed) ||
    (parent.type === 'VariableDeclarator' && parent.id === node) ||
    (parent.type === 'Property' && parent.key === node && !parent.shorthand)
  );
}

/**
 * An error that carries sentences instead of a reason is said in English to everyone.
 * @type {import('eslint').Rule.RuleModule}
 */
const errorsByReason = {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      sentences:
        'Give this error a reason in src/shared/error-texts and make it by errorFor, so that it is said in every language.',
    },
  },
  create: (context) => ({
    NewExpression(node) {
      if (node.callee.type === 'Identifier' && node.callee.name === 'StudioError')
        context.report({ node, messageId: 'sentences' });
    },
  }),
};

/** @type {import('eslint').ESLint.Plugin} */
export const textRules = { rules: { 'read-late': readLate, 'errors-by-reason': errorsByReason } };
