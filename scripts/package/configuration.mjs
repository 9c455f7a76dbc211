// What electron-builder makes of the built program, for every platform.
import { existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import { inCache, inRoot } from '../setup/paths.mjs';
import { setFuses } from './fuses.mjs';
import { INSTALLERS } from '../setup/shipped-packages.mjs';

/** The window's program; "inpaint-studio" is the command line. */
export const EXECUTABLE = 'inpaint-studio-desktop';
export const PROJECT_TYPE = 'application/x-inpaint-studio-project';
/** What the system shows of the program in menus, and its windows by. */
export const ABOUT = {
  name: 'Inpaint Studio',
  summary: 'Fill holes in photographs',
  project: 'Inpaint Studio project',
  keywords: 'photo;retouch;inpainting;repair;',
};
/** Drawn from resources/icon.svg, by size. */
export const ICONS = inCache('icons');
export const ICON_SIZES = [16, 24, 32, 48, 64, 128, 256, 512, 1024];

/** What packages bring besides what runs, and what is for other systems. */
const LEFT_OUT = [
  '!node_modules/**/*.{map,ts,mts,cts,tsbuildinfo,md,markdown,flow,html}',
  '!node_modules/**/{test,tests,__tests__,demo,demos,example,examples,benchmarks,coverage}/**',
  '!node_modules/@types/**',
  '!node_modules/@tensorflow/*/src/**',
  // Node loads dist/tf-*.node.js; the others are the same for browsers.
  '!node_modules/@tensorflow/*/dist/*.{es2017,fesm,min,esm,es6}*.js',
  '!node_modules/@tensorflow/*/dist/miniprogram/**',
  '!node_modules/@webgpu/types/**',
  '!node_modules/onnxruntime-node/{lib,script,src}/**',
  ...INSTALLERS.map((name) => `!node_modules/${name}/**`),
];

/**
 * @param {{ electron: { folder: string, version: string }, output: string, commit: string | null }} made
 * @returns {import('electron-builder').Configuration}
 */
export function configuration({ electron, output, commit }) {
  return {
    appId: 'studio.inpaint.desktop',
    productName: ABOUT.name,
    executableName: EXECUTABLE,
    copyright: 'MIT licence',
    // Nothing is looked for or sent anywhere: there is no update check.
    publish: null,
    directories: { output, buildResources: ICONS },
    electronDist: electron.folder,
    electronVersion: electron.version,
    // Native parts fit every Electron (Node-API), and none is compiled.
    npmRebuild: false,
    nodeGypRebuild: false,
    electronLanguages: ['en-US', 'de'],
    asar: true,
    // Before anything is signed or made an installer of.
    afterPack: async ({ appOutDir }) => {
      // What Electron starts with when it has no app: there is one.
      rmSync(path.join(packedResources(appOutDir), 'default_app.asar'), { force: true });
      await setFuses(process.platform === 'darwin' ? packedBundle(appOutDir) : packedExecutable(appOutDir));
    },
    // Native libraries, and what other programs or native code read by its path.
    asarUnpack: [
      '**/*.node',
      '**/*.{so,so.*,dylib,dll}',
      'node_modules/onnxruntime-node/**',
      'node_modules/sharp/**',
      'node_modules/@img/**',
      'node_modules/libheif-js/**',
      'models/**',
      'cluster/**',
      'resources/**',
      'out/licences.html',
    ],
    files: [
      'bin/app.mjs',
      'out/main/**',
      'out/preload/**',
      'out/renderer/**',
      'out/build.json',
      'models/default/**',
      'cluster/*.py',
      'resources/{sample.jpg,LICENSES.md}',
      'package.json',
      'LICENSE',
      'out/licences.html',
      ...LEFT_OUT,
      // Of ONNX Runtime only the libraries of the system that is packed for.
      ...['darwin', 'linux', 'win32']
        .filter((system) => system !== process.platform)
        .map((system) => `!node_modules/onnxruntime-node/bin/napi-v6/${system}/**`),
      ...['arm64', 'x64']
        .filter((processor) => processor !== process.arch)
        .map((processor) => `!node_modules/onnxruntime-node/bin/napi-v6/*/${processor}/**`),
    ],
    extraMetadata: { ...(commit === null ? {} : { commit }) },
    // Its icon is the program's: one of its own would have to be an .ico and an .icns.
    fileAssociations: [{ ext: 'inpaint', name: ABOUT.project, mimeType: PROJECT_TYPE, role: 'Editor' }],
    // Whoever gives a certificate (CSC_LINK and its password) gets no package that is not signed with it.
    forceCodeSigning: 'CSC_LINK' in process.env,
    linux: {
      // A deb is made by scripts/package/deb.mjs.
      target: ['AppImage'],
      category: 'Graphics',
      synopsis: ABOUT.summary,
      icon: ICONS,
      desktop: { entry: { StartupWMClass: ABOUT.name, Keywords: ABOUT.keywords } },
    },
    win: { target: ['nsis'], icon: iconOf('icon') },
    nsis: {
      oneClick: false,
      allowToChangeInstallationDirectory: true,
      perMachine: false,
      deleteAppDataOnUninstall: false,
      license: inRoot('LICENSE'),
    },
    mac: {
      target: ['dmg'],
      icon: iconOf('icon'),
      category: 'public.app-category.photography',
      darkModeSupport: true,
      hardenedRuntime: true,
      notarize: 'APPLE_API_KEY' in process.env,
    },
    dmg: { title: `${ABOUT.name} \${version}` },
  };
}

/**
 * Where packages go. The stand-in for development is years old: it is packed to test the packing, into a folder of that name.
 * @param {Pick<import('../setup/electron-runtime.mjs').ElectronRuntime, 'kind'> | undefined} runtime what is packed
 */
export const outputFolder = (runtime) => inRoot('dist', ...(runtime?.kind === 'pinned' ? ['development'] : []));

/** The unpacked program, as electron-builder calls it. @param {string} output */
export function unpackedFolder(output, platform = process.platform, processor = process.arch) {
  const suffix = processor === 'x64' ? '' : `-${processor}`;
  const names = { linux: `linux${suffix}-unpacked`, win32: `win${suffix}-unpacked`, darwin: `mac${suffix}` };
  return path.join(output, names[/** @type {keyof typeof names} */ (platform)]);
}

/** @param {string} folder of the unpacked program */
export function packedExecutable(folder) {
  if (process.platform === 'darwin') return path.join(packedBundle(folder), 'Contents', 'MacOS', EXECUTABLE);
  return path.join(folder, process.platform === 'win32' ? `${EXECUTABLE}.exe` : EXECUTABLE);
}

/** Where Electron looks for what it runs. @param {string} folder of the unpacked program */
export function packedResources(folder, platform = process.platform) {
  return platform === 'darwin'
    ? path.join(packedBundle(folder), 'Contents', 'Resources')
    : path.join(folder, 'resources');
}

/** On macOS the program is a folder. @param {string} folder */
const packedBundle = (folder) => path.join(folder, `${ABOUT.name}.app`);

/** The largest, of which the formats of Windows and macOS are made. @param {string} name */
function iconOf(name) {
  return path.join(ICONS, `${name}.png`);
}

/** Files that a configuration names and a checkout must have. */
const NAMED_FILES = ['bin/app.mjs', 'models/default/weights.safetensors', 'cluster/rank.py', 'resources/sample.jpg'];

/** @returns {readonly string[]} those of them that are not there */
export const missingFiles = () => NAMED_FILES.filter((file) => !existsSync(inRoot(file)));
