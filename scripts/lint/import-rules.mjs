// Who may import what, as data, and the ESLint settings made of it. docs/architecture.md draws the same picture.
import { builtinModules } from 'node:module';

/**
 * A layer's own folders it may import from. `types` layers may be imported with `import type` only: main starts the engine as a process of
 * its own and needs nothing of it but its types.
 * @type {Record<string, { layers: readonly string[], types?: readonly string[] }>}
 */
const LAYERS = {
  shared: { layers: [] },
  engine: { layers: ['shared'] },
  cli: { layers: ['engine', 'shared'] },
  main: { layers: ['shared'], types: ['engine'] },
  preload: { layers: ['shared'] },
  renderer: { layers: ['shared'] },
};

/**
 * The rooms (folders or files) of a folder, lowest first: each may import those before it in its list, types included, and none behind.
 * What stands beside the rooms puts them together. Tests may look anywhere.
 * @type {Record<string, readonly string[]>}
 */
const ROOMS = {
  'src/engine': [
    'numeric',
    'graph',
    'process',
    'files',
    'raster',
    'network',
    'image',
    'models',
    'runtime',
    'inference',
    'inpaint',
    'selection',
    'measure',
    'train',
    'lab',
    'library',
    'project',
    'documents',
    'services',
    'testing',
  ],
  'src/renderer': [
    'texts',
    'link',
    'controls',
    'state',
    'canvas',
    'studio',
    'tools',
    'actions',
    'panels',
    'trainer',
    'lab',
    'testing',
  ],
  'src/renderer/state': ['store', 'shell', 'document', 'library', 'fills', 'app-state'],
};

/** Their folders, the inner ones after those that they lie in. */
const ROOM_FOLDERS = Object.entries(ROOMS).flatMap(([folder, rooms]) => rooms.map((room) => `${folder}/${room}/`));

/**
 * Packages with a home: the folders that may import them at run time, and why the others may not.
 * `types` says that `import type` is fine elsewhere in the engine.
 * @type {readonly { regex: string, homes: readonly string[], why: string, types?: boolean }[]}
 */
const PACKAGES = [
  {
    regex: '^electron(/|$)',
    homes: ['src/main/', 'src/preload/'],
    why: 'Electron belongs to src/main and src/preload; everything else must run without it.',
  },
  {
    regex: '^onnxruntime-',
    homes: ['src/engine/runtime/onnx/'],
    types: true,
    why: 'ONNX Runtime and its quirks stay in src/engine/runtime/onnx.',
  },
  {
    regex: '^@tensorflow/',
    homes: ['src/engine/runtime/tfjs/'],
    types: true,
    why: 'TensorFlow.js and its quirks stay in src/engine/runtime/tfjs.',
  },
  {
    regex: '^sharp$',
    homes: ['src/engine/image/'],
    types: true,
    why: 'Pictures are decoded and encoded in src/engine/image.',
  },
  {
    regex: '^(react|react-dom|react-konva|konva|zustand|radix-ui|@radix-ui|lucide-react)(/|$)',
    homes: ['src/renderer/'],
    why: 'The user interface is src/renderer.',
  },
  {
    regex: `^(node:.*|(${builtinModules.filter((name) => !name.startsWith('_')).join('|')})(/.*)?)$`,
    homes: ['src/main/', 'src/engine/', 'src/cli/'],
    why: 'src/shared, src/preload and src/renderer run where there is no Node.',
  },
];

/**
 * @typedef {{ regex: string, message: string, allowTypeImports?: boolean }} Ban
 * @param {string} layer @returns {Ban[]}
 */
function layerBans(layer) {
  const { layers, types = [] } = LAYERS[layer] ?? { layers: [] };
  const others = Object.keys(LAYERS).filter((name) => name !== layer && !layers.includes(name));
  const allowed = [...layers, ...types.map((name) => `${name} (types only)`)].map((name) => `src/${name}`).join(', ');
  return others.map((name) => ({
    regex: `^(\\.\\./)+${name}(/|$)`,
    message: `src/${layer} may import ${allowed || 'no other layer'}; imports point one way (renderer, main, cli -> engine -> shared).`,
    allowTypeImports: types.includes(name),
  }));
}

/** @param {string} folder with a trailing slash @returns {Ban[]} those of the rooms that it is or lies in */
function roomBansOf(folder) {
  return Object.entries(ROOMS).flatMap(([house, rooms]) => {
    const own = rooms.findIndex((room) => folder.startsWith(`${house}/${room}/`));
    if (own < 0) return [];
    return rooms.slice(own + 1).map((higher) => ({
      regex: `^(\\.\\./)+${higher}(/|$)`,
      message: `${house}/${higher} stands above ${house}/${rooms[own]}: rooms import downwards only, types included.`,
    }));
  });
}

/** @param {string} folder with a trailing slash @returns {Ban[]} */
function packageBans(folder) {
  return PACKAGES.filter(({ homes }) => !homes.some((home) => folder.startsWith(home))).map(
    ({ regex, why, types }) => ({
      regex,
      message: why,
      allowTypeImports: types === true && /^src\/(engine|cli|main)\//.test(folder),
    }),
  );
}

/**
 * `no-restricted-imports` sees `import ... from`, the selectors see `import()` and `require()`.
 * @param {Ban[]} bans @returns {import('eslint').Linter.RulesRecord}
 */
function rules(bans) {
  const selectors = bans.flatMap(({ regex, message }) => {
    const pattern = regex.replaceAll('/', '\\/');
    return [
      { selector: `ImportExpression[source.value=/${pattern}/]`, message },
      { selector: `CallExpression[callee.name=/^require/][arguments.0.value=/${pattern}/]`, message },
    ];
  });
  return {
    '@typescript-eslint/no-restricted-imports': ['error', { patterns: bans }],
    'no-restricted-syntax': ['error', ...selectors],
  };
}

/**
 * Flat configuration entries, the more special folder after the more general one (the last match sets a rule's options).
 * Tests keep the layers' direction but may use any package.
 * @type {import('eslint').Linter.Config[]}
 */
export const importRules = Object.keys(LAYERS).flatMap((layer) => {
  const inside = PACKAGES.flatMap(({ homes }) => homes).filter((home) => home.startsWith(`src/${layer}/`));
  const rooms = ROOM_FOLDERS.filter((folder) => folder.startsWith(`src/${layer}/`));
  const folders = [...new Set([`src/${layer}/`, ...rooms, ...inside])];
  return [
    ...folders.map((folder) => ({
      name: `imports of ${folder}`,
      files: [`${folder}**/*.{ts,tsx}`],
      rules: rules([...layerBans(layer), ...roomBansOf(folder), ...packageBans(folder)]),
    })),
    {
      name: `imports of src/${layer}'s tests`,
      files: [`src/${layer}/**/*.test.{ts,tsx}`],
      rules: rules(layerBans(layer)),
    },
  ];
});
