"""Trains a pack of Inpaint Studio for some minutes on a machine that has PyTorch and nothing else.

    python cluster/away.py --minutes 25 [--out FOLDER] [--device cuda] [--precision bf16]

`inpaint-studio train --away` sends the pack, runs this and takes back what it writes: a zip archive of the checkpoint, the
best one and the log, on standard output; or, with --out, these files in a folder. Progress is told on standard error.
"""

from __future__ import annotations

import argparse
import os
import shutil
import time
import zipfile
from pathlib import Path

from processor import keep_freed_memory  # before PyTorch

import torch

from driver import drive
from packed import Pack
from ranks import Ranks
from run_folder import BEST, LAST, RunFolder
from rank import StopSignal
from settings import add_options, use_options
from team import Team

BACK = (LAST, BEST, "log.jsonl")
"""What is brought back."""


def train(options: argparse.Namespace, run: Path) -> None:
    """Until the last step, the end of the time, or SIGTERM."""
    mode = use_options(options)
    stop = StopSignal()
    with torch.inference_mode():
        pack = Pack(run, options.device)
        print(f"PyTorch {torch.__version__} on {options.device}, {mode.value}, {len(pack.pictures)} crops, {len(pack.masks)} masks", flush=True)
        team = Team(options, Ranks(0, 1, options.device), mode, data=pack)
        # Reading the pictures is not counted.
        end = time.monotonic() + 60 * options.minutes
        done = drive(team, RunFolder(run), run / "pack", lambda: stop.requested or time.monotonic() > end)
        print(f"stopped after step {done}", flush=True)
        team.end()


def bring_back(run: Path, out: Path | None, archive: int) -> None:
    files = [run / name for name in BACK if (run / name).exists()]
    if out is not None:
        out.mkdir(parents=True, exist_ok=True)
        for file in files:
            shutil.copyfile(file, out / file.name)
        return
    with os.fdopen(archive, "wb") as stream, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as zipped:
        for file in files:
            zipped.write(file, file.name)


def main() -> None:
    # The archive alone goes to standard output, whatever is printed.
    archive = os.dup(1)
    os.dup2(2, 1)
    parser = argparse.ArgumentParser(description="Trains a pack of Inpaint Studio for some minutes.")
    parser.add_argument("--minutes", type=float, required=True, help="how long to train at most")
    parser.add_argument("--out", type=Path, help="folder for what is brought back; a zip archive on standard output when left out")
    add_options(parser)
    options = parser.parse_args()
    keep_freed_memory()
    run = Path(__file__).resolve().parent.parent / "run"
    try:
        train(options, run)
    finally:
        bring_back(run, options.out, archive)


if __name__ == "__main__":
    main()
