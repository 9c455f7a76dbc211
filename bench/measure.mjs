import { execFile, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

export const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

/** Runs a command that prints one line of JSON. */
export async function json(command, args) {
  const { stdout } = await run(command, args, { maxBuffer: 1 << 26, env: { ...process.env, ELECTRON_RUN_AS_NODE: undefined } });
  return JSON.parse(stdout.trim().split('\n').at(-1));
}

/** Wall seconds and peak memory in MB of a whole command. The largest single process below it counts. */
export async function command(program, args) {
  return json('python3', ['-c', TIMER, program, ...args]).catch((error) => {
    throw new Error(`${program} ${args.join(' ')}: ${error.stderr ?? error.message}`, { cause: error });
  });
}

const TIMER = `
import json, resource, subprocess, sys, time
start = time.perf_counter()
done = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
if done.returncode: sys.stderr.write(done.stderr.decode()); sys.exit(done.returncode)
print(json.dumps({"seconds": time.perf_counter() - start, "peakMegabytes": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024}))
`;

/** A Python that has a module; null when there is none. INPAINT_STUDIO_PYTHON names one to try first. */
export function pythonWith(module) {
  const candidates = [process.env['INPAINT_STUDIO_PYTHON'], '.cache/torch/bin/python', 'python3'].filter((name) => name !== undefined);
  return candidates.find((python) => spawnSync(python, ['-c', `import ${module}`]).status === 0) ?? null;
}
