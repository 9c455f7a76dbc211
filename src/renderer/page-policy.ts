/** What the libraries of the window need so that it can live with the content security policy of its pages. Call first of all. */
export function meetPagePolicy(): void {
  // react-style-singleton, by which dialogs keep the page behind them still, asks for the nonce of its styles by this name.
  const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce;
  Object.assign(globalThis, { __webpack_nonce__: nonce });
  // Konva empties its container with an empty text. Nothing else is made markup out of; no other policy can be added.
  trustedTypes.createPolicy('default', { createHTML: (text) => (text === '' ? '' : null) });
}

/** The part of https://w3c.github.io/trusted-types that is used here; TypeScript's DOM library lacks it. */
declare const trustedTypes: {
  createPolicy(name: string, rules: { createHTML: (text: string) => string | null }): unknown;
};
