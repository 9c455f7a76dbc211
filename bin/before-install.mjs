// Run by npm when the packed command line is installed, before the install scripts of the packages it needs. onnxruntime-node brings
// what computes on the processor and by WebGPU; on Linux its own install script also downloads 300 MB for CUDA, from where many
// networks do not reach, and fails the whole installation then. Here that download waits until it is asked for:
// ONNXRUNTIME_NODE_INSTALL=cuda12 node .../onnxruntime-node/script/install.js (inpaint-studio doctor names the path).
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const ASKED = '// Left out unless asked for (inpaint-studio).';
const GUARD = `${ASKED}
if (!process.env.ONNXRUNTIME_NODE_INSTALL && !process.env.npm_config_onnxruntime_node_install) process.exit(0);
`;

const script = installScript();
if (script !== null) {
  const content = readFileSync(script, 'utf8');
  if (!content.startsWith(ASKED)) {
    // A file of its own: a package manager may share the old one with other projects.
    writeFileSync(`${script}.part`, `${GUARD}${content}`);
    renameSync(`${script}.part`, script);
  }
}

/** @returns {string | null} onnxruntime-node's; null where it is not there yet */
function installScript() {
  try {
    const manifest = createRequire(import.meta.url).resolve('onnxruntime-node/package.json');
    const file = path.join(path.dirname(manifest), 'script', 'install.js');
    return existsSync(file) ? file : null;
  } catch {
    return null;
  }
}
