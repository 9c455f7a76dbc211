"""Times the steps of a run on the PyTorch runtime: RUN PRECISION REPEATS THREADS, processor seconds. RUN comes from
training-worker.ts. Prints one line of JSON."""

from __future__ import annotations

import json
import time

import torch

from torch_training import Ours, Planned

from run_folder import RunFolder


@torch.inference_mode()
def main() -> None:
    run = Planned.from_arguments()
    ours = Ours(run.settings, run.mode, run.batch)
    ours.load(RunFolder(run.folder).checkpoint()[0], run.settings.steps)
    steps = {"generator": lambda: ours.generator_step(run.first["rates"][-1], run.first["decay"])}
    if run.settings.critics:
        steps["critics"] = lambda: ours.critic_step(run.first["rates"][0])
    seconds: dict[str, list[float]] = {name: [] for name in steps}
    for _ in range(run.repeats):
        for name, step in steps.items():
            began = time.process_time()
            step()
            seconds[name].append(time.process_time() - began)
    print(json.dumps({"version": torch.__version__, "seconds": seconds}))


if __name__ == "__main__":
    main()
