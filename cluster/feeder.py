"""Batches from the product's own data code: a process that streams them as raw float32, read ahead by a thread.

One batch is the concatenation of its parts (src/engine/train/batches.ts, batchLayout), little endian. The stream holds
the batches of a step in the order in which it uses them: critic steps 1..n, then the generator's.
"""

from __future__ import annotations

import queue
import subprocess
import sys
import threading
import time
from typing import IO

import torch
from torch import Tensor

from run_folder import Config

Batch = dict[str, Tensor]

AHEAD = 4
"""Batches kept ready: enough to hide a picture that has to be decoded first."""


def batch_layout(config: Config) -> list[tuple[str, int]]:
    """Names and numbers of values, in the order of the stream."""
    batch, side = config.batch, config.side
    window = batch * side * (side // 2)
    pixels = batch * side * side
    return [("image", 3 * pixels), ("hole", pixels), ("discount", pixels), ("windowRows", window), ("windowColumns", window), ("mix", batch)]


class Feeder:
    """Hands out one batch after the other and measures how long its user waited."""

    def __init__(self, command: list[str], config: Config) -> None:
        if sys.byteorder != "little":
            raise RuntimeError("batches travel as little-endian numbers; this machine is big-endian")
        self._layout = batch_layout(config)
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, bufsize=0)
        self._ready: queue.Queue[Batch | Exception] = queue.Queue(AHEAD)
        self._closed = False
        self.waited = 0.0
        threading.Thread(target=self._read_ahead, daemon=True).start()

    def take(self) -> Batch:
        """The next batch. Raises RuntimeError when the process has ended."""
        start = time.perf_counter()
        batch = self._ready.get()
        self.waited += time.perf_counter() - start
        if isinstance(batch, Exception):
            raise RuntimeError(f"the pictures' process ended: {batch}") from batch
        return batch

    def close(self) -> None:
        self._closed = True
        self._process.terminate()
        self._process.wait()

    def _read_ahead(self) -> None:
        stream = self._process.stdout
        assert stream is not None
        size = 4 * sum(count for _, count in self._layout)
        try:
            while not self._closed:
                self._put(self._split(read_exactly(stream, size)))
        except Exception as problem:  # handed to the training thread, which can act on it
            self._put(problem)

    def _put(self, item: Batch | Exception) -> None:
        while not self._closed:
            try:
                return self._ready.put(item, timeout=1)
            except queue.Full:
                continue

    def _split(self, data: bytearray) -> Batch:
        flat = torch.frombuffer(data, dtype=torch.float32)
        parts = flat.split([count for _, count in self._layout])
        return {name: part for (name, _), part in zip(self._layout, parts)}


def read_exactly(stream: IO[bytes], size: int) -> bytearray:
    """Raises EOFError when the stream ends before."""
    data = bytearray(size)
    view = memoryview(data)
    at = 0
    while at < size:
        count = stream.readinto(view[at:])  # type: ignore[attr-defined]
        if not count:
            raise EOFError("its stream is at an end")
        at += count
    return data
