import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);
const PATIENCE_MS = 2000;

/** Where Linux states the versions of loaded drivers. */
const LINUX_FILES = ['/proc/driver/nvidia/version', '/sys/module/amdgpu/version', '/sys/module/i915/srcversion'];

/**
 * What identifies the graphics drivers, where the system says so: on Linux what the loaded ones state, elsewhere what NVIDIA's
 * own tool does; the drivers of macOS come with the system, whose release is known anyway. '' when there is nothing to say.
 */
export async function driverVersion(): Promise<string> {
  if (process.platform === 'linux') {
    const texts = await Promise.all(LINUX_FILES.map((file) => readFile(file, 'utf8').catch(() => '')));
    return texts.join('').trim();
  }
  if (process.platform !== 'win32') return '';
  return run('nvidia-smi', ['--query-gpu=driver_version', '--format=csv,noheader'], { timeout: PATIENCE_MS }).then(
    ({ stdout }) => stdout.trim(),
    () => '',
  );
}
