"""Times the steps of a run on the PyTorch runtime: RUN PRECISION REPEATS THREADS, processor seconds. RUN comes from
training-worker.ts. Prints one line of JSON."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import torch

from torch_training import Ours

from batches import FileSource, Share
from driver import read_plan
from precision import Mode, use
from processor import keep_freed_memory
from run_folder import RunFolder
from settings import Settings


@torch.inference_mode()
def main() -> None:
    keep_freed_memory()
    folder, mode, repeats, threads = Path(sys.argv[1]), Mode(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
    torch.set_num_threads(threads)
    torch.set_flush_denormal(True)
    use(mode)
    plan = read_plan(folder / "batches.f32")
    settings = Settings.parse({**plan["settings"], "run": str(folder)})
    ours = Ours(settings, mode, FileSource(folder / "batches.f32", 0, settings.draws, Share(0, settings.batch)).read())
    ours.load(RunFolder(folder).checkpoint()[0], settings.steps)
    planned = plan["steps"][0]
    steps = {"generator": lambda: ours.generator_step(planned["rates"][-1], planned["decay"])}
    if settings.critics:
        steps["critics"] = lambda: ours.critic_step(planned["rates"][0])
    seconds: dict[str, list[float]] = {name: [] for name in steps}
    for _ in range(repeats):
        for name, step in steps.items():
            began = time.process_time()
            step()
            seconds[name].append(time.process_time() - began)
    print(json.dumps({"version": torch.__version__, "seconds": seconds}))


if __name__ == "__main__":
    main()
