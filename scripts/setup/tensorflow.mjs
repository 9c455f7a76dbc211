// Native TensorFlow.js for tests, from the npm and PyPI registries alone: the package's own download is out of reach of many networks.
// TensorFlow's libraries come from its Python wheel, and the package's small binding is compiled against them. Linux on x64.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { npm, onPath, run, tail } from './command.mjs';
import { withLock } from './lock.mjs';
import { SetupError, say, seconds } from './messages.mjs';
import { inCache, inRoot } from './paths.mjs';
import { unzip } from './unzip.mjs';

const WHEEL = {
  package: 'tensorflow-cpu==2.15.1',
  sha256: '54660c074d7241a503e81edfd9f5ef5af88f64051b72e2945f26318c790f2d26',
};
const HEADERS = {
  package: 'node-api-headers@1.9.0',
  file: 'node-api-headers-1.9.0.tgz',
  sha256: '6cbfac49542194ae2c8f1dee5fa2dc00d66bec9cbf3b59e3a4e5f16d14eb0d19',
};
/** The wheel's files that are needed: two libraries, and the headers of their C interface. */
const WANTED =
  /^tensorflow\/(libtensorflow_\w+\.so\.2|include\/(tensorflow\/c|tensorflow\/core\/platform|tensorflow\/tsl\/platform|tsl\/c|tsl\/platform)\/.*\.h)$/;

const PACKAGE = inRoot('node_modules', '@tensorflow', 'tfjs-node');
/** Where the package looks; it goes when node_modules go, what it points to stays. */
const BINDING = path.join(PACKAGE, 'lib', 'napi-v8', 'tfjs_binding.node');
const BUILT = inCache('tfjs-node-4.22.0-tensorflow-2.15.1');

/** @returns {boolean} */
const tensorflowNeeded = () => !existsSync(BINDING);

/** @returns {string | undefined} why it cannot be had on this machine */
function tensorflowRefusal() {
  if (process.platform !== 'linux' || process.arch !== 'x64')
    return `there is no recipe for ${process.platform} ${process.arch}`;
  if (!existsSync(PACKAGE)) return 'the optional package @tensorflow/tfjs-node is not installed';
  const missing = ['python3', 'g++', 'tar'].filter((program) => !onPath(program));
  return missing.length > 0 ? `${missing.join(' and ')} is not installed` : undefined;
}

/**
 * Makes sure that there is one, where that is possible. With nothing to do it ends at once.
 * @returns {Promise<string | undefined>} why there is none
 */
export async function provideTensorflow() {
  if (!tensorflowNeeded()) return undefined;
  const refusal = tensorflowRefusal();
  if (refusal !== undefined) return refusal;
  try {
    await withLock(inCache('setup.lock'), async () => {
      if (tensorflowNeeded()) await installTensorflow();
    });
    return undefined;
  } catch (error) {
    if (error instanceof SetupError) return error.message;
    throw error;
  }
}

async function installTensorflow() {
  const startedAt = Date.now();
  if (!existsSync(BUILT)) {
    say('Building native TensorFlow.js for the tests (264 MB from PyPI) ...');
    await build();
  }
  mkdirSync(path.dirname(BINDING), { recursive: true });
  rmSync(BINDING, { force: true });
  symlinkSync(path.join(BUILT, 'tfjs_binding.node'), BINDING);
  try {
    await check();
  } catch (error) {
    rmSync(BINDING, { force: true });
    throw error;
  }
  say(`Native TensorFlow.js is ready (${seconds(startedAt)}).`);
}

async function build() {
  mkdirSync(inCache(), { recursive: true });
  const work = mkdtempSync(inCache('tfjs-node-'));
  try {
    const result = path.join(work, 'result');
    const [wheel, headers] = await Promise.all([fetchWheel(work), fetchHeaders(work)]);
    await unzip(wheel, work, (name) => (WANTED.test(name) ? name : undefined));
    const lib = path.join(result, 'lib');
    mkdirSync(lib, { recursive: true });
    for (const part of ['cc', 'framework']) {
      const name = `libtensorflow_${part}.so.2`;
      renameSync(path.join(work, 'tensorflow', name), path.join(lib, name));
    }
    await compile(path.join(work, 'tensorflow', 'include'), headers, result);
    rmSync(BUILT, { recursive: true, force: true });
    renameSync(result, BUILT);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** @param {string} work @returns {Promise<string>} the wheel */
async function fetchWheel(work) {
  const [name, version] = WHEEL.package.split('==');
  const platform = [
    '--python-version',
    '3.11',
    '--implementation',
    'cp',
    '--abi',
    'cp311',
    '--platform',
    'manylinux2014_x86_64',
    '--platform',
    'manylinux_2_17_x86_64',
  ];
  const quietly = [
    '-m',
    'pip',
    'download',
    '--quiet',
    '--retries',
    '1',
    '--no-deps',
    '--no-cache-dir',
    '--only-binary',
    ':all:',
    '--dest',
    work,
  ];
  const { ok, output } = await run('python3', [...quietly, ...platform, WHEEL.package]);
  if (!ok) throw new SetupError(`${WHEEL.package} could not be fetched:\n${tail(output, 5)}`);
  const file = path.join(
    work,
    `${name.replace('-', '_')}-${version}-cp311-cp311-manylinux_2_17_x86_64.manylinux2014_x86_64.whl`,
  );
  expectHash(file, WHEEL.sha256);
  return file;
}

/** @param {string} work @returns {Promise<string>} the folder of Node-API's headers */
async function fetchHeaders(work) {
  const { ok, output } = await npm(
    ['pack', HEADERS.package, '--ignore-scripts', '--silent', '--pack-destination', work],
    { cwd: work },
  );
  if (!ok) throw new SetupError(`${HEADERS.package} could not be fetched:\n${tail(output, 5)}`);
  const file = path.join(work, HEADERS.file);
  expectHash(file, HEADERS.sha256);
  const untarred = await run('tar', ['-xzf', file, '-C', work]);
  if (!untarred.ok) throw new SetupError(`${HEADERS.package} could not be unpacked:\n${tail(untarred.output, 5)}`);
  return path.join(work, 'package', 'include');
}

/** @param {string} file @param {string} expected */
function expectHash(file, expected) {
  const found = createHash('sha256').update(readFileSync(file)).digest('hex');
  if (found === expected) return;
  throw new SetupError(
    `${path.basename(file)} is not the file we know: its sha256 is ${found}, expected ${expected}. Nothing of it was used.`,
  );
}

/** @param {string} tensorflowHeaders @param {string} nodeHeaders @param {string} result the binding goes here, beside lib/ */
async function compile(tensorflowHeaders, nodeHeaders, result) {
  const { ok, output } = await run(
    'g++',
    [
      ...['-O2', '-fPIC', '-shared', '-std=c++17', '-DNAPI_VERSION=8', '-DBUILDING_NODE_EXTENSION'],
      ...[
        `-I${nodeHeaders}`,
        `-I${tensorflowHeaders}`,
        '-Ibinding',
        'binding/tfjs_backend.cc',
        'binding/tfjs_binding.cc',
      ],
      ...['-o', path.join(result, 'tfjs_binding.node'), '-Wl,-rpath,$ORIGIN/lib'],
      ...[`-L${path.join(result, 'lib')}`, '-l:libtensorflow_cc.so.2', '-l:libtensorflow_framework.so.2'],
    ],
    { cwd: PACKAGE },
  );
  if (!ok) throw new SetupError(`The binding of @tensorflow/tfjs-node could not be compiled:\n${tail(output)}`);
}

/** Loads it in a process of its own: a library that does not fit may end it. */
async function check() {
  const program = `const tf = require('@tensorflow/tfjs-node'); if (tf.getBackend() !== 'tensorflow') throw new Error(tf.getBackend());`;
  const { ok, output } = await run(process.execPath, ['-e', program], {
    env: { ...process.env, TF_CPP_MIN_LOG_LEVEL: '2' },
  });
  if (!ok) throw new SetupError(`Native TensorFlow.js was built but does not load:\n${tail(output, 5)}`);
}
