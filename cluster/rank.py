"""Trains a run of Inpaint Studio with PyTorch, alone or as one of many processes under torchrun.

    python cluster/rank.py --config RUN/config.json [--precision bf16] [--threads 1]
    torchrun --nproc-per-node 8 cluster/rank.py --config RUN/config.json

RUN is a folder that the app or `inpaint-studio train` has made. On the first rank the program's own training loop is
started in Node, and drives all ranks; with --batches, which the program prepares, Node is not needed anywhere. The run goes
on from its checkpoint, in the app's own formats: by any runtime, and on another number of ranks. SIGTERM and SIGINT stop it
soon, with a checkpoint.
"""

from __future__ import annotations

import argparse
import signal
import subprocess
import sys
from pathlib import Path

from processor import keep_freed_memory  # before PyTorch

import torch

from driver import drive
from precision import Mode
from ranks import Ranks
from run_folder import RunFolder
from serve import serve
from settings import BUILT, add_options, command, use_options
from team import Team, follow


def parse_arguments(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Trains a run of Inpaint Studio with PyTorch.")
    # torchrun takes --run for one of its own options.
    parser.add_argument("--config", "--run", type=Path, required=True, help="the run's config.json, or its folder")
    add_options(parser)
    parser.add_argument("--batches", type=Path, help="file of prepared batches; drawn from the pictures by Node when left out")
    parser.add_argument("--loop", type=command, default=["node", str(BUILT / "train-loop.js")], help="the training loop: words, or a JSON list")
    return parser.parse_args(arguments)


class StopSignal:
    """Remembers SIGTERM and SIGINT until the step at hand is done, and passes them on to the program's loop."""

    def __init__(self) -> None:
        self.requested = False
        self.loop: subprocess.Popen[bytes] | None = None
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._request)

    def _request(self, *_: object) -> None:
        if not self.requested and self.loop is not None:
            self.loop.terminate()
        self.requested = True


def train_by_node(team: Team, loop: list[str], folder: Path, stop: StopSignal) -> None:
    """The program's loop asks, this rank answers. Raises SystemExit with the loop's exit status where it fails."""
    # A session of its own: Ctrl-C in a terminal is for the training, which passes it on once.
    process = subprocess.Popen([*loop, str(folder), str(team.ranks.size)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True)
    stop.loop = process
    if stop.requested:
        process.terminate()
    assert process.stdin is not None and process.stdout is not None
    serve(process.stdout, process.stdin, team)
    if process.wait() != 0:
        sys.exit(process.returncode)


def train(options: argparse.Namespace, ranks: Ranks, mode: Mode, stop: StopSignal) -> None:
    folder: Path = options.config if options.config.is_dir() else options.config.parent
    if not ranks.first:
        follow(options, ranks, mode, options.batches)
        return
    print(f"PyTorch {torch.__version__} on {ranks.device}, {mode.value}, {ranks.size} ranks, {torch.get_num_threads()} threads each", flush=True)
    team = Team(options, ranks, mode, options.batches)
    if options.batches is None:
        train_by_node(team, options.loop, folder, stop)
    else:
        done = drive(team, RunFolder(folder), options.batches, lambda: stop.requested)
        print(f"stopped after step {done}", flush=True)
    team.end()


def main() -> None:
    keep_freed_memory()
    options = parse_arguments(sys.argv[1:])
    mode = use_options(options)
    stop = StopSignal()
    with torch.inference_mode():
        ranks = Ranks.join(options.device)
        train(options, ranks, mode, stop)
    ranks.leave()


if __name__ == "__main__":
    main()
