// out/licences.html, which Help > Licences opens: made anew with each build from what is installed.
import { readFileSync, writeFileSync } from 'node:fs';
import { inRoot } from './paths.mjs';
import { licenceText, shippedPackages } from './shipped-packages.mjs';

const LICENCES_PAGE = inRoot('out', 'licences.html');

export function writeLicencesPage() {
  const packages = shippedPackages();
  writeFileSync(LICENCES_PAGE, page(packages.map((shipped) => ({ ...shipped, text: licenceText(shipped) }))));
}

/** @param {readonly (import('./shipped-packages.mjs').ShippedPackage & { text: string })[]} packages */
function page(packages) {
  const own = readFileSync(inRoot('LICENSE'), 'utf8');
  const media = readFileSync(inRoot('resources', 'LICENSES.md'), 'utf8');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>Inpaint Studio: Licences</title>
<style>
body { font: 15px/1.5 system-ui, sans-serif; max-width: 48rem; margin: 2rem auto; padding: 0 1rem }
pre { white-space: pre-wrap; font-size: 12px }
summary { cursor: pointer }
</style>
</head>
<body>
<h1>Inpaint Studio</h1>
<pre>${escaped(own)}</pre>
<h2>Model and photographs</h2>
<p>The default model's weights are under CC BY-SA 4.0; its model card lists the photographs that it was trained on. Models that were
imported or trained have their own licences, which the library shows.</p>
<pre>${escaped(media)}</pre>
<h2>Electron, Chromium and Node.js</h2>
<p>Their licences are the files LICENSE.electron.txt and LICENSES.chromium.html beside the program.</p>
<h2>Packages</h2>
${packages.map(entry).join('\n')}
</body>
</html>
`;
}

/** @param {import('./shipped-packages.mjs').ShippedPackage & { text: string }} shipped */
function entry({ name, version, licence, homepage, text }) {
  const head = `${escaped(name)} ${escaped(version)}: ${escaped(licence)}`;
  const body = text === '' ? `The package brings no text; see ${escaped(homepage)}` : text;
  return `<details><summary>${head}</summary><pre>${escaped(body)}</pre></details>`;
}

/** @param {string} text */
function escaped(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
