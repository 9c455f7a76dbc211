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
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any, Callable

from processor import keep_freed_memory  # before PyTorch

import torch

from batches import Batch, FileSource, ProcessSource, ReadAhead, Share, Source, read_all
from guard import Guard
from precision import Mode, use
from probe import best_device, bf16_in_hardware
from ranks import Ranks
from run_folder import RunFolder, TrainState
from training import LossLog, Steps, update_average
from validation import validate

LOG_EVERY = 20
"""Steps between two lines of the log; then the ranks also compare their weights."""

AGREE_EVERY = 5
"""Steps between two agreements of several ranks on whether to stop: each costs a message."""

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


def default_feeders(device: torch.device) -> int:
    """A core draws 90 pictures of 256 x 256 a second: too few for a GPU, more than enough for a CPU."""
    if device.type != "cuda":
        return 1
    cores = (os.cpu_count() or 1) // int(os.environ.get("LOCAL_WORLD_SIZE", "1"))
    return max(1, min(8, cores - 1))


class Data:
    """Where one rank's batches come from."""

    def __init__(self, run: RunFolder, options: argparse.Namespace) -> None:
        self._run = run
        self._prepared: Path | None = options.batches
        self._feeder: list[str] = options.feeder
        self._feeders: int = options.feeders or default_feeders(options.device)

    def prepare(self, ranks: Ranks, share: Share) -> None:
        """Makes the graphs and, on the first rank, the first checkpoint, where they are missing."""
        complete = (self._run.graphs(share.count) / "generatorStep.json").exists()
        if complete and (self._run.has_checkpoint() or not ranks.first):
            return
        try:
            subprocess.run([*self._feeder, "prepare", str(self._run.folder), str(share.count)], check=True)
        except (OSError, subprocess.CalledProcessError) as problem:
            raise SystemExit(f"{self._run.folder} has no graphs for {share.count} pictures or no checkpoint, and they cannot be made: {problem}")

    def validation(self, share: Share) -> list[Batch]:
        """The batches that a validation measures; none where no picture is kept back."""
        if self._run.config().validation_share == 0:
            return []
        if self._prepared is not None:
            path = Path(f"{self._prepared}.validation")
            if not path.exists():
                print(f"{path} is not there: this run is trained without validation", file=sys.stderr, flush=True)
                return []
            with open(path, "rb") as file:
                return read_all(file, share)
        command = [*self._feeder, "validation", str(self._run.folder), str(share.first), str(share.count)]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            return read_all(process.stdout, share)

    def open(self, step: int, share: Share) -> ReadAhead:
        config = self._run.config()
        source: Source
        if self._prepared is not None:
            source = FileSource(self._prepared, step, config.draws, share)
        else:
            stream = [*self._feeder, "stream", str(self._run.folder), str(step), str(config.steps)]
            source = ProcessSource([[*stream, str(part.first), str(part.count)] for part in share.split(self._feeders)])
        return ReadAhead(source)


@torch.inference_mode()
def train(run: RunFolder, data: Data, ranks: Ranks, mode: Mode, stop: StopSignal, report: Report) -> TrainState:
    """Until the configuration's last step or a signal."""
    config = run.config()
    share = ranks.share(config.batch)
    data.prepare(ranks, share)
    state = starting_state(run, ranks)
    if state.step >= config.steps:
        return state
    steps = Steps(run.graphs(share.count), config, ranks, mode, capture=ranks.device.type == "cuda")
    kept_back = data.validation(share)
    guard = Guard(run, config, ranks, state)
    batches = data.open(state.step, share)
    log = LossLog()
    mark = logged = time.perf_counter()
    logged_step = state.step

    def note(rate: float, **more: Any) -> None:
        if ranks.first:
            record = {"step": state.step, "seconds": state.seconds, "rate": rate, "waiting": 0.0, "losses": {}, **more}
            run.log(record)
            report(record, config.steps, (now - logged) / max(1, state.step - logged_step))

    try:
        while state.step < config.steps:
            for substep in range(1, config.draws):
                log.add(steps.critic_step(state, batches.take(), substep))
            log.add(steps.generator_step(state, batches.take()))
            update_average(state, config)
            rate = state.rate_factor * config.learning_rate(state.step)
            state.step += 1
            now = time.perf_counter()
            state.seconds += now - mark
            mark = now

            last = state.step == config.steps
            measured = bool(kept_back) and (last or state.step % config.validation_every == 0)
            line = measured or last or state.step % LOG_EVERY == 0
            due = state.step % config.checkpoint_every == 0
            if (line or due) and log.broken(ranks):
                advice = guard.failed(state.step)
                note(rate, advice=advice)
                if advice["action"] == "stop":
                    raise RuntimeError(advice["sentence"])
                log.take(ranks)
                batches.close()
                state = guard.back(state, starting_state(run, ranks))
                batches = data.open(state.step, share)
                logged, logged_step = now, state.step
                continue
            if line:
                ranks.expect_equal([state.generator.values], f"the weights after step {state.step}")
                losses = log.take(ranks)
                more: dict[str, Any] = {"waiting": batches.take_waiting(), "losses": losses}
                if measured:
                    score = validate(steps.fill, state.average, kept_back, config.side, ranks)
                    guard.measured(score)
                    more["validation"] = score.record()
                note(rate, **more)
                logged, logged_step = now, state.step
            if due or guard.improved:
                guard.keep(state)
            if (ranks.size == 1 or state.step % AGREE_EVERY == 0) and ranks.any(stop.requested):
                break
    finally:
        batches.close()
    if not log.broken(ranks):
        guard.write(state)
    return state


def starting_state(run: RunFolder, ranks: Ranks) -> TrainState:
    """The checkpoint, which only the first rank needs to have; the others are given its values."""
    state = run.checkpoint(ranks.device) if ranks.first else None
    if ranks.size == 1 and state is not None:
        return state
    sizes = {name: vector.numel() for name, vector in state.vectors().items()} if state else {}
    metadata, sizes = ranks.same_data([state.metadata() if state else {}, sizes])
    vectors = state.vectors() if state else {name: torch.empty(size, device=ranks.device) for name, size in sizes.items()}
    ranks.broadcast(list(vectors.values()))
    return TrainState.of(vectors, metadata)


Report = Callable[[dict[str, Any], int, float], None]
"""Told a line of the log, the run's steps and the seconds a step takes."""


def print_line(record: dict[str, Any], steps: int, seconds: float) -> None:
    """For a person."""
    if "advice" in record:
        print(record["advice"]["sentence"], flush=True)
        return
    numbers = {**record["losses"], **{f"validation {name}": value for name, value in record.get("validation", {}).items()}}
    shown = " ".join(f"{name} {value:.4f}" for name, value in numbers.items() if value is not None)
    left = (steps - record["step"]) * seconds / 60
    waiting = 100 * record["waiting"]
    print(f"{record['step']}/{steps}  {1 / max(seconds, 1e-9):.2f} steps/s  waiting {waiting:.1f} %  {left:.0f} min left  {shown}", flush=True)


def print_record(record: dict[str, Any], _steps: int, _seconds: float) -> None:
    print(json.dumps(record), flush=True)


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
    report = print_record if options.records else print_line
    try:
        state = train(run, Data(run, options), ranks, mode, stop, report)
    except (OSError, ValueError, RuntimeError) as problem:
        if options.records:
            sys.exit(str(problem))  # for a person, without the way through the code
        raise
    if ranks.first:
        print(f"stopped after step {state.step}", flush=True)
    ranks.leave()


if __name__ == "__main__":
    main()
