"""A training step on the PyTorch runtime against the same step written by hand with autograd: the peer of bench/training.

    python bench/torch_training.py RUN PRECISION REPEATS THREADS

RUN comes from training-worker.ts. Both start from the same weights and pictures; the gradients are compared before
anything is timed, in processor seconds. PRECISION bf16 means torch.autocast for the peer. Prints one line of JSON.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import math
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Callable

import torch
import torch.nn.functional as F
from torch import Tensor

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "cluster"))

from batches import Batch, FileSource, Share
from data import Data
from driver import read_plan
from precision import Mode, use
from processor import keep_freed_memory
from ranks import Ranks
from run_folder import RunFolder
from settings import Settings
from stepper import Stepper
from torch_peer import Generator

WEIGHTS = {"hole": 1.2, "coarse": 1.2, "known": 1.2, "adversarial": 0.001, "penalty": 10.0}


Layout = list[tuple[str, list[int]]]
"""Names and shapes of the parts of a flat vector."""


def by_name(flat: Tensor, layout: Layout) -> dict[str, Tensor]:
    parts, at = {}, 0
    for name, shape in layout:
        count = torch.Size(shape).numel()
        part = flat[at : at + count].reshape(shape).clone()
        parts[name] = part.contiguous(memory_format=torch.channels_last) if len(shape) == 4 else part
        at += count
    return parts


class Peer:
    """Generator, critics, losses and optimisers as one writes them by hand."""

    def __init__(self, vectors: dict[str, Tensor], layouts: dict[str, Layout], batch: Batch, count: int, autocast: bool) -> None:
        self.generator = by_name(vectors["generator"], layouts["generator"])
        self.critic = by_name(vectors["critic"], layouts["critic"])
        networks = [[part.requires_grad_() for part in network.values()] for network in (self.generator, self.critic)]
        self.optimisers = [torch.optim.Adam(network, 1e-4, (0.5, 0.9), fused=True) for network in networks]
        side = math.isqrt(batch["hole"].numel() // count)
        window = side // 2
        self.image = batch["image"].reshape(count, 3, side, side).to(memory_format=torch.channels_last)
        self.hole = batch["hole"].reshape(count, 1, side, side)
        self.discount = batch["discount"].reshape(count, 1, side, side)
        self.mix = batch["mix"].reshape(count, 1, 1, 1)
        # The window's place, read from the matrices that cut it out.
        self.tops = batch["windowRows"].reshape(count, window, side)[:, 0].argmax(1).tolist()
        self.lefts = batch["windowColumns"].reshape(count, side, window)[:, :, 0].argmax(1).tolist()
        self.window = window
        self.autocast = (lambda: torch.autocast("cpu", torch.bfloat16)) if autocast else contextlib.nullcontext

    def local(self, x: Tensor) -> Tensor:
        places = zip(x, self.tops, self.lefts)
        return torch.stack([p[:, top : top + self.window, left : left + self.window] for p, top, left in places])

    def score(self, kind: str, x: Tensor) -> Tensor:
        for i in range(1, 5):
            weight, bias = self.critic[f"{kind}.conv{i}.weight"], self.critic[f"{kind}.conv{i}.bias"]
            x = F.leaky_relu(F.conv2d(F.pad(x, (1, 2, 1, 2)), weight, bias, stride=2), 0.2)
        return x.flatten(1) @ self.critic[f"{kind}.score.weight"] + self.critic[f"{kind}.score.bias"]

    def fill(self) -> tuple[Tensor, Tensor, Tensor]:
        network = Generator(self.generator)
        coarse = network.coarse(self.image, self.hole)
        refined = network.refine(self.image, self.hole, coarse)
        return coarse, refined, refined * self.hole + self.image * (1 - self.hole)

    def generator_step(self) -> list[Tensor]:
        def l1(fill: Tensor, weight: Tensor, region: Tensor) -> Tensor:
            return ((fill - self.image).abs() * weight).sum() / (3 * region.sum() + 1e-8)

        with self.autocast():
            coarse, refined, complete = self.fill()
            verdict = self.score("global", complete).mean() + self.score("local", self.local(complete)).mean()
        known = 1 - self.hole
        hole = l1(refined, self.discount, self.hole) + WEIGHTS["coarse"] * l1(coarse, self.discount, self.hole)
        loss = WEIGHTS["hole"] * hole + WEIGHTS["known"] * (l1(refined, known, known) + l1(coarse, known, known))
        loss = loss - WEIGHTS["adversarial"] * verdict
        return self.update(loss, self.generator, self.optimisers[0])

    def critic_step(self) -> list[Tensor]:
        with torch.no_grad(), self.autocast():
            complete = self.fill()[2].float()
        loss = torch.zeros(())
        with self.autocast():
            for kind, view in (("global", lambda x: x), ("local", self.local)):
                real, fake = self.score(kind, torch.cat([view(self.image), view(complete)])).chunk(2)
                mixed = view(self.image + self.mix * (complete - self.image)).detach().requires_grad_()
                (slope,) = torch.autograd.grad(self.score(kind, mixed).sum(), mixed, create_graph=True)
                norms = ((slope * view(self.hole)).square().sum((1, 2, 3)) + 1e-8).sqrt()
                loss = loss + fake.mean() - real.mean() + WEIGHTS["penalty"] * (norms - 1).square().mean()
        return self.update(loss, self.critic, self.optimisers[1])

    def update(self, loss: Tensor, parameters: dict[str, Tensor], optimiser: torch.optim.Optimizer) -> list[Tensor]:
        gradients = list(torch.autograd.grad(loss, list(parameters.values())))
        for parameter, gradient in zip(parameters.values(), gradients):
            parameter.grad = gradient.clone()
        torch.nn.utils.clip_grad_norm_(parameters.values(), 1.0)
        optimiser.step()
        return gradients


@dataclass(frozen=True)
class Planned:
    """The run that is timed: RUN PRECISION REPEATS THREADS of the command line. PyTorch is set up as training sets it up."""

    folder: Path
    mode: Mode
    repeats: int
    settings: Settings
    batch: Batch
    # The plan's first step.
    first: dict[str, Any]

    @staticmethod
    def from_arguments() -> Planned:
        keep_freed_memory()
        folder, mode, repeats, threads = Path(sys.argv[1]), Mode(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
        torch.set_num_threads(threads)
        torch.set_flush_denormal(True)
        use(mode)
        plan = read_plan(folder / "batches.f32")
        settings = Settings.parse({**plan["settings"], "run": str(folder)})
        batch = FileSource(folder / "batches.f32", 0, settings.draws, Share(0, settings.batch)).read()
        return Planned(folder, mode, repeats, settings, batch, plan["steps"][0])


class Ours(Stepper):
    """The product's step, on the same batch again and again."""

    def __init__(self, settings: Settings, mode: Mode, batch: Batch) -> None:
        nothing = argparse.Namespace(feeder=[], feeders=1, device=torch.device("cpu"))
        super().__init__(settings, Ranks(0, 1, nothing.device), mode, Data(nothing))
        self._batch = batch
        self.gradient = torch.empty(0)

    def _take(self) -> Batch:
        return self._batch

    def _update(self, name: str, gradient: Tensor, rate: float) -> Tensor:
        self.gradient = gradient.clone() if self.gradient.numel() == 0 else self.gradient
        return super()._update(name, gradient, rate)


def cosine(flat: Tensor, pieces: list[Tensor]) -> float:
    return F.cosine_similarity(flat.double(), torch.cat([piece.reshape(-1) for piece in pieces]).double(), 0).item()


def main() -> None:
    run = Planned.from_arguments()
    folder, mode, settings, batch = run.folder, run.mode, run.settings, run.batch
    layouts = json.loads((folder / "layouts.json").read_text())
    start, _ = RunFolder(folder).checkpoint()
    first = run.first
    rows = {}
    for name in ("generator", "critics"):
        # Each row starts from the same weights.
        ours = Ours(settings, mode, batch)
        ours.load(start, settings.steps)
        peer = Peer(start, layouts, batch, settings.batch, mode is Mode.BF16)

        @torch.inference_mode()
        def generator_step(ours: Ours = ours) -> object:
            return ours.generator_step(first["rates"][-1], first["decay"])

        @torch.inference_mode()
        def critic_step(ours: Ours = ours) -> object:
            return ours.critic_step(first["rates"][0])

        pair: tuple[Callable[[], object], Callable[[], list[Tensor]]]
        pair = (generator_step, peer.generator_step) if name == "generator" else (critic_step, peer.critic_step)
        pair[0]()
        agreement = cosine(ours.gradient, pair[1]())
        seconds: tuple[list[float], list[float]] = ([], [])
        for _ in range(run.repeats):
            for times, step in zip(seconds, pair):
                began = time.process_time()
                step()
                times.append(time.process_time() - began)
        rows[name] = {"seconds": seconds[0], "peerSeconds": seconds[1], "cosine": agreement}
    print(json.dumps({"version": torch.__version__, "rows": rows}))


if __name__ == "__main__":
    main()
