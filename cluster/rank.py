"""Trains a run of Inpaint Studio with PyTorch.

    python cluster/rank.py --run RUN [--precision bf16] [--threads 1] [--device cpu]

RUN is a folder that the app or `inpaint-studio train` has made (config.json, graphs/, checkpoint.safetensors). The run
goes on from its checkpoint, and log and checkpoints stay in the app's own formats: it may be continued by either.
SIGTERM and SIGINT stop it after the step at hand, with a checkpoint.
"""

from __future__ import annotations

import argparse
import ctypes
import shlex
import signal
import sys
import time
from pathlib import Path

import torch

from feeder import Feeder
from precision import Mode, use
from run_folder import RunFolder, TrainState
from training import LossLog, Steps, update_average

LOG_EVERY = 20
"""Steps between two lines of the log."""

BUILT_FEEDER = Path(__file__).resolve().parent.parent / "out" / "main" / "train-feeder.js"


def parse_arguments(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Trains a run of Inpaint Studio with PyTorch.")
    parser.add_argument("--run", type=Path, required=True, help="folder of the run")
    parser.add_argument("--precision", type=Mode, choices=list(Mode), default=None, help="fp32, tf32 or bf16; bf16 where the device has it")
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--threads", type=int, default=None, help="CPU threads; PyTorch's own choice when left out")
    parser.add_argument("--feeder", default=f"node {shlex.quote(str(BUILT_FEEDER))}", help="command that streams batches")
    return parser.parse_args(arguments)


def default_mode(device: torch.device) -> Mode:
    """bf16 where the device multiplies it in hardware."""
    if device.type == "cuda":
        return Mode.BF16 if torch.cuda.is_bf16_supported() else Mode.TF32
    return Mode.BF16 if torch.cpu._is_amx_tile_supported() else Mode.FP32


def train(run: RunFolder, device: torch.device, mode: Mode, feeder_command: list[str]) -> TrainState:
    """Until the configuration's last step or a signal."""
    config = run.config()
    stop = StopSignal()
    start_step = 0
    command = [*feeder_command, str(run.folder)]
    feeder = Feeder(command, config)
    # The feeder writes a new run's first checkpoint before its first batch.
    batch = feeder.take()
    state = run.checkpoint(device)
    start_step = state.step
    steps = Steps(run, config, device, mode)
    log = LossLog()
    mark = logged = time.perf_counter()
    feeder.waited = 0.0
    try:
        while state.step < config.steps and not stop.requested:
            for substep in range(1, config.critic_steps + 1 if config.adversarial else 1):
                log.add(steps.critic_step(state, batch, substep))
                batch = feeder.take()
            log.add(steps.generator_step(state, batch))
            update_average(state, config)
            rate = config.learning_rate(state.step)
            state.step += 1
            if state.step < config.steps:
                batch = feeder.take()
            now = time.perf_counter()
            state.seconds += now - mark
            mark = now
            if state.step % LOG_EVERY == 0 or state.step == config.steps:
                losses = log.take()
                waiting = feeder.waited / max(1e-3, now - logged)
                run.log({"step": state.step, "seconds": state.seconds, "rate": rate, "waiting": waiting, "losses": losses})
                report(state.step, config.steps, (now - logged), waiting, losses, start_step)
                feeder.waited, logged = 0.0, now
            if state.step % config.checkpoint_every == 0:
                run.write_checkpoint(state)
    finally:
        feeder.close()
    run.write_checkpoint(state)
    return state


def report(step: int, steps: int, seconds: float, waiting: float, losses: dict[str, float], start_step: int) -> None:
    done = (step - start_step) % LOG_EVERY or min(LOG_EVERY, step - start_step)
    each = seconds / done
    shown = " ".join(f"{name} {value:.4f}" for name, value in losses.items())
    print(f"{step}/{steps}  {1 / each:.2f} steps/s  waiting {100 * waiting:.1f} %  left {(steps - step) * each / 60:.0f} min  {shown}", flush=True)


class StopSignal:
    """Remembers SIGTERM and SIGINT until the step at hand is done."""

    def __init__(self) -> None:
        self.requested = False
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._request)

    def _request(self, *_: object) -> None:
        self.requested = True


def keep_freed_memory() -> None:
    """Tells glibc not to hand freed tensors back to the system: fetching their pages anew takes 8 % of a step."""
    if sys.platform == "linux":
        trim_threshold, mmap_threshold = -1, -3
        libc = ctypes.CDLL(None)
        if hasattr(libc, "mallopt"):
            libc.mallopt(mmap_threshold, 1 << 30)
            libc.mallopt(trim_threshold, (1 << 31) - 1)


def main() -> None:
    keep_freed_memory()
    options = parse_arguments(sys.argv[1:])
    device = torch.device(options.device)
    if options.threads is not None:
        torch.set_num_threads(options.threads)
    torch.set_flush_denormal(True)
    mode = options.precision or default_mode(device)
    use(mode)
    print(f"PyTorch {torch.__version__} on {device}, {mode.value}, {torch.get_num_threads()} threads", flush=True)
    state = train(RunFolder(options.run), device, mode, shlex.split(options.feeder))
    print(f"stopped after step {state.step}", flush=True)


if __name__ == "__main__":
    main()
