import path from 'node:path';
import { ESLint } from 'eslint';
import tseslint from 'typescript-eslint';
import { describe, expect, it } from 'vitest';

// The project's own configuration, without the rules that need types: the files below do not exist.
const root = path.resolve(import.meta.dirname, '../..');
const eslint = new ESLint({
  cwd: root,
  ignore: false,
  overrideConfig: [{ files: ['**/*.{ts,tsx}'], ...tseslint.configs.disableTypeChecked }],
});

async function complaints(file: string, code: string): Promise<string[]> {
  const [result] = await eslint.lintText(`${code}\n`, { filePath: path.join(root, file) });
  expect(result.fatalErrorCount).toBe(0);
  return result.messages.map(({ ruleId }) => ruleId ?? '').filter((rule) => /restricted/.test(rule));
}

const IMPORT = '@typescript-eslint/no-restricted-imports';
const DYNAMIC = 'no-restricted-syntax';

describe('imports point one way', () => {
  it.each([
    ['src/renderer/x.ts', `import { y } from '../engine/y'; y();`],
    ['src/renderer/canvas/x.ts', `import type { Y } from '../../engine/y'; export type X = Y;`],
    ['src/renderer/x.ts', `export * from '../main/window';`],
    ['src/renderer/x.ts', `import { ipcRenderer } from 'electron'; ipcRenderer.send('x');`],
    ['src/renderer/x.ts', `import { readFileSync } from 'node:fs'; readFileSync('x');`],
    ['src/renderer/x.ts', `import path from 'path'; path.resolve('x');`],
    ['src/engine/inpaint/x.ts', `import { app } from 'electron'; app.quit();`],
    ['src/engine/x.ts', `import { y } from '../main/y'; y();`],
    ['src/engine/x.ts', `import { y } from '../cli/y'; y();`],
    ['src/main/x.ts', `import { y } from '../engine/y'; y();`],
    ['src/main/x.ts', `import { y } from '../renderer/y'; y();`],
    ['src/preload/x.ts', `import { y } from '../main/y'; y();`],
    ['src/shared/x.ts', `import { y } from '../engine/y'; y();`],
    ['src/shared/x.ts', `import { readFile } from 'node:fs/promises'; void readFile('x');`],
    ['src/cli/x.ts', `import { y } from '../main/y'; y();`],
    ['src/engine/inpaint/x.ts', `import ort from 'onnxruntime-node'; ort.env;`],
    ['src/engine/runtime/onnx/x.ts', `import * as tf from '@tensorflow/tfjs-core'; tf.ones([1]);`],
    ['src/engine/inpaint/x.ts', `import sharp from 'sharp'; sharp('x');`],
    ['src/renderer/x.test.ts', `import { y } from '../engine/y'; y();`],
  ])('%s refuses %s', async (file, code) => {
    expect(await complaints(file, code)).toContain(IMPORT);
  });

  it.each([
    ['src/engine/inpaint/x.ts', `export const x = await import('sharp');`],
    ['src/engine/x.ts', `export const x = await import('@tensorflow/tfjs-node');`],
    ['src/main/x.ts', `export const x = await import('../engine/y');`],
    ['src/cli/x.ts', `declare const require: (id: string) => unknown; require('onnxruntime-node');`],
  ])('%s refuses %s, loaded late', async (file, code) => {
    expect(await complaints(file, code)).toContain(DYNAMIC);
  });

  it.each([
    ['src/renderer/canvas/x.ts', `import { y } from '../../shared/y'; import { Stage } from 'react-konva'; y(Stage);`],
    ['src/engine/inpaint/x.ts', `import { y } from '../runtime/y'; import { z } from '../../shared/z'; y(z);`],
    ['src/engine/runtime/onnx/x.ts', `import ort from 'onnxruntime-node'; ort.env;`],
    ['src/engine/runtime/tfjs/x.ts', `export const x = await import('@tensorflow/tfjs-node');`],
    ['src/engine/image/x.ts', `import sharp from 'sharp'; sharp('x');`],
    ['src/engine/inpaint/x.test.ts', `import sharp from 'sharp'; sharp('x');`],
    ['src/engine/x.ts', `import type { Tensor } from 'onnxruntime-node'; export type X = Tensor;`],
    [
      'src/main/x.ts',
      `import type { Y } from '../engine/y'; import { app } from 'electron'; export type X = Y; app.quit();`,
    ],
    ['src/cli/x.ts', `import { y } from '../engine/y'; import path from 'node:path'; y(path);`],
  ])('%s accepts %s', async (file, code) => {
    expect(await complaints(file, code)).toEqual([]);
  });
});

describe('rooms of the engine', () => {
  it.each([
    ['src/engine/raster/x.ts', `import { y } from '../inpaint/y'; y();`],
    ['src/engine/runtime/onnx/x.ts', `import { y } from '../../inference/y'; y();`],
    ['src/engine/inpaint/detail/x.ts', `import { y } from '../../train/y'; y();`],
    ['src/engine/library/x.ts', `export * from '../services/y';`],
    ['src/engine/inpaint/x.ts', `import { y } from '../testing/y'; y();`],
    ['src/engine/image/x.ts', `import type { Y } from '../inpaint/y'; export type X = Y;`],
    ['src/engine/files/x.ts', `import { type Y } from '../library/y'; export type X = Y;`],
  ])('%s refuses the higher room in %s', async (file, code) => {
    expect(await complaints(file, code)).toContain(IMPORT);
  });

  it('a lower room refuses a higher one that is loaded late', async () => {
    expect(await complaints('src/engine/network/x.ts', `export const x = await import('../train/y');`)).toContain(
      DYNAMIC,
    );
  });

  it.each([
    ['src/engine/inpaint/x.ts', `import { y } from '../raster/y'; import type { Z } from '../image/z'; y<Z>();`],
    ['src/engine/raster/x.ts', `import { y } from '../../shared/library'; y();`],
    ['src/engine/testing/x.ts', `import { y } from '../services/y'; y();`],
    ['src/engine/graph/x.test.ts', `import { y } from '../testing/y'; y();`],
  ])('%s accepts %s', async (file, code) => {
    expect(await complaints(file, code)).toEqual([]);
  });
});

describe('rooms of the renderer', () => {
  it.each([
    ['src/renderer/canvas/x.ts', `import { y } from '../panels/y'; y();`],
    ['src/renderer/canvas/x.ts', `import type { Y } from '../tools/tool'; export type X = Y;`],
    ['src/renderer/state/document/x.ts', `import type { Y } from '../../canvas/y'; export type X = Y;`],
    ['src/renderer/state/document/x.ts', `import { y } from '../fills/y'; y();`],
    ['src/renderer/state/shell/x.ts', `import type { AppState } from '../app-state'; export type X = AppState;`],
    ['src/renderer/tools/x.tsx', `import { y } from '../actions'; y();`],
    ['src/renderer/actions/x.ts', `import { y } from '../panels/y'; y();`],
  ])('%s refuses the higher room in %s', async (file, code) => {
    expect(await complaints(file, code)).toContain(IMPORT);
  });

  it.each([
    ['src/renderer/state/fills/x.ts', `import { y } from '../document/y'; import { z } from '../../texts'; y(z);`],
    ['src/renderer/panels/x.tsx', `import { y } from '../tools'; import type { Z } from '../state/app-state'; y<Z>();`],
    ['src/renderer/x.ts', `import { y } from './panels/y'; y();`],
    ['src/renderer/state/fills/x.test.ts', `import { y } from '../../testing/y'; y();`],
  ])('%s accepts %s', async (file, code) => {
    expect(await complaints(file, code)).toEqual([]);
  });
});
