"""Trains a run of Inpaint Studio with PyTorch, alone or as one of many processes under torchrun.

    python cluster/rank.py --config RUN/config.json [--precision bf16] [--threads 1]
    torchrun --nproc-per-node 8 cluster/rank.py --config RUN/config.json

RUN is a folder that the app or `inpaint-studio train` has made (config.json, graphs/, checkpoint.safetensors). The run
goes on from its checkpoint, and log and checkpoints stay in the app's own formats: it may be continued by either, and
on another number of ranks. SIGTERM and SIGINT stop it soon, with a checkpoint.
"""

from __future__ import annotations

import argparse
import json
import os
import shlex
import signal
import sys
import threading
from pathlib import Path

from processor import keep_freed_memory  # before PyTorch

import torch

from data import Data
from precision import Mode, use
from probe import best_device, bf16_in_hardware
from ranks import Ranks
from report import ForPeople, ForProgram, Report
from run_folder import RunFolder
from trainer import train

BUILT_FEEDER = Path(__file__).resolve().parent.parent / "out" / "main" / "train-feeder.js"


def parse_arguments(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Trains a run of Inpaint Studio with PyTorch.")
    # torchrun takes --run for one of its own options.
    parser.add_argument("--config", "--run", type=Path, required=True, help="the run's config.json, or its folder")
    parser.add_argument("--precision", type=Mode, choices=list(Mode), help="bf16 where the device multiplies it in hardware when left out")
    parser.add_argument("--device", type=torch.device, default=best_device(), help="cpu or cuda")
    parser.add_argument("--threads", type=int, help="CPU threads of each rank; PyTorch's own choice when left out")
    parser.add_argument("--batches", type=Path, help="file of prepared batches; drawn from the pictures by Node when left out")
    parser.add_argument("--feeder", type=command, default=["node", str(BUILT_FEEDER)], help="program that draws batches: words, or a JSON list")
    parser.add_argument("--feeders", type=int, help="processes that draw each rank's batches; 1 on a CPU, up to 8 for a GPU when left out")
    parser.add_argument("--records", action="store_true", help="print the log's lines as they are, for a program")
    parser.add_argument("--stop-with-input", action="store_true", help="stop when standard input ends, as by SIGTERM")
    return parser.parse_args(arguments)


def command(text: str) -> list[str]:
    """A JSON list is exact on every system; words are easier to type."""
    return [str(word) for word in json.loads(text)] if text.startswith("[") else shlex.split(text)


class StopSignal:
    """Remembers SIGTERM and SIGINT until the step at hand is done."""

    def __init__(self) -> None:
        self.requested = False
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._request)

    def _request(self, *_: object) -> None:
        self.requested = True

    def also_when_input_ends(self) -> None:
        """The way to stop that all systems have; it also notices that the program that started this one is gone."""

        def wait() -> None:
            # Not through sys.stdin, whose lock Python wants at its end.
            while os.read(sys.stdin.fileno(), 1 << 10):
                pass
            self.requested = True

        threading.Thread(target=wait, daemon=True).start()


def main() -> None:
    keep_freed_memory()
    options = parse_arguments(sys.argv[1:])
    if options.threads is not None:
        torch.set_num_threads(options.threads)
    torch.set_flush_denormal(True)
    mode = options.precision or (Mode.BF16 if bf16_in_hardware(options.device) else Mode.FP32)
    use(mode)
    ranks = Ranks.join(options.device)
    run = RunFolder(options.config if options.config.is_dir() else options.config.parent)
    if ranks.first:
        print(f"PyTorch {torch.__version__} on {ranks.device}, {mode.value}, {ranks.size} ranks, {torch.get_num_threads()} threads each", flush=True)
    stop = StopSignal()
    if options.stop_with_input:
        stop.also_when_input_ends()
    report: Report = ForProgram() if options.records else ForPeople()
    try:
        state = train(run, Data(run, options), ranks, mode, lambda: stop.requested, report)
    except (OSError, ValueError, RuntimeError) as problem:
        if options.records:
            sys.exit(str(problem))  # for a person, without the way through the code
        raise
    if ranks.first:
        print(f"stopped after step {state.step}", flush=True)
    ranks.leave()


if __name__ == "__main__":
    main()
