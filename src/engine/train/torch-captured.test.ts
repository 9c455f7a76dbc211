import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { clusterFolder } from '../runtime/torch/python';
import { TestRuns } from '../testing/training-runs';
import { ALONE, torch } from '../testing/torch';

let runs: TestRuns;
beforeAll(async () => {
  runs = await TestRuns.make();
});
afterAll(() => runs.remove());

describe.skipIf(torch === null)('a recorded program', () => {
  it('gives what the program gives, run after run', async () => {
    const run = await runs.start('recorded', ALONE);
    const check = path.join(runs.folder, 'check.py');
    // What a GPU does by replaying a recording, done by running the same work on the same places.
    await writeFile(
      check,
      `import sys
from pathlib import Path
import torch
from captured import Captured
from compiler import compile_graph
from graph import load_graph

program = compile_graph(load_graph(Path(sys.argv[1])), torch.device("cpu"))
def record(work):
    work()
    return work
captured = Captured(program, record)
results = []
for seed in range(3):
    torch.manual_seed(seed)
    feeds = {name: torch.rand(shape) for name, (_, shape) in program.inputs.items()}
    results.append((program.run(feeds), captured.run(feeds)))
for expected, found in results:
    assert expected.keys() == found.keys()
    assert all(torch.equal(expected[name], found[name]) for name in expected)
assert not torch.equal(results[0][1]["complete"], results[1][1]["complete"])
`,
    );
    const graph = path.join(run.folder, 'graphs', 'generatorStep.json');
    await promisify(execFile)(torch?.python ?? '', [check, graph], {
      env: { ...process.env, PYTHONPATH: clusterFolder() },
    });
  });
});
