import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import path from 'node:path';
import { parseAst } from 'vite';
import { beforeAll, describe, expect, it } from 'vitest';
import { isBuilt } from '../setup/build.mjs';
import { ROOT } from '../setup/paths.mjs';
import { packageOf } from '../setup/shipped-packages.mjs';

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly peerDependencies: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta: Readonly<Record<string, { readonly optional?: boolean }>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

/** What `npm pack` puts into the package. */
let files: string[];
const manifest = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as Manifest;

beforeAll(() => {
  if (!isBuilt()) throw new Error('There is no built program to look at. Run: npm run build');
  const listed = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
    cwd: ROOT,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    shell: process.platform === 'win32',
  });
  const [packed] = JSON.parse(listed) as readonly { readonly files: readonly { readonly path: string }[] }[];
  files = (packed?.files ?? []).map((file) => file.path);
});

describe('the package of the command line', () => {
  it('holds what filling, training and reading about them take', () => {
    expect(files).toEqual(
      expect.arrayContaining([
        'bin/inpaint-studio.mjs',
        'bin/before-install.mjs',
        'out/main/cli.js',
        'out/main/decode-worker.js',
        'out/main/inference-worker.js',
        'out/main/train-batches.js',
        'out/main/train-feeder.js',
        'out/main/train-loop.js',
        'out/inpaint-studio.1',
        'out/build.json',
        'models/default/model.json',
        'models/default/weights.safetensors',
        'cluster/rank.py',
        'README.md',
        'LICENSE',
      ]),
    );
  });

  it('holds no sources, tests, or parts of the window', () => {
    const allowed =
      /^(package\.json|README\.md|LICENSE|bin\/[\w-]+\.mjs|cluster\/(\w+\.py|README\.md)|models\/default\/.+|out\/inpaint-studio\.1|out\/build\.json|out\/main\/(chunks\/[\w-]+|cli|decode-worker|inference-worker|train-(batches|feeder|loop))\.js)$/;
    expect(files.filter((file) => !allowed.test(file))).toEqual([]);
  });

  it('imports nothing but what it depends on and what Node brings', () => {
    const known = new Set([...Object.keys(manifest.dependencies), ...builtinModules]);
    const foreign = files
      .filter((file) => /\.m?js$/.test(file))
      .flatMap((file) => importsOf(readFileSync(path.join(ROOT, file), 'utf8')).map((name) => ({ file, name })))
      .filter(({ name }) => !name.startsWith('.') && !name.startsWith('node:') && !known.has(packageOf(name)));
    expect(foreign).toEqual([]);
  });

  it('takes native TensorFlow.js where it is installed and asks nobody to install it', () => {
    for (const name of ['@tensorflow/tfjs-node', '@tensorflow/tfjs-node-gpu']) {
      expect(manifest.peerDependencies[name]).toBe(manifest.devDependencies[name]);
      expect(manifest.peerDependenciesMeta[name]?.optional).toBe(true);
    }
    expect(manifest.optionalDependencies).toBeUndefined();
  });

  it('brings nothing along that only the window draws with', () => {
    const drawing = /^(electron|react|react-dom|konva|react-konva|zustand|radix-ui|cmdk|lucide-react|uplot)$/;
    expect(Object.keys(manifest.dependencies).filter((name) => drawing.test(name))).toEqual([]);
  });
});

/** Names in import and export declarations and in `import('...')`. */
function importsOf(code: string): string[] {
  const names: string[] = [];
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) return value.forEach(visit);
    if (typeof value !== 'object' || value === null) return;
    const { type, source } = value as { type?: string; source?: { value?: unknown } | null };
    if (type !== undefined && /^(Import|Export)\w*(Declaration|Expression)$/.test(type)) {
      if (typeof source?.value === 'string') names.push(source.value);
    }
    Object.values(value).forEach(visit);
  };
  // A shebang is the shell's.
  visit(parseAst(code.replace(/^#!.*/, '')));
  return names;
}
