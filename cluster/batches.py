"""Batches from the product's own data code: from a process that streams them, or from a file that it prepared.

Both hold the same bytes (src/engine/train/feeder.ts): one line of JSON, then the batches of the steps one after the
other, raw little-endian float32. A step uses those of its critic steps 1..n, then the generator's.
"""

from __future__ import annotations

import json
import queue
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Protocol

import torch
from torch import Tensor

Batch = dict[str, Tensor]

AHEAD = 4
"""Batches kept ready: enough to hide a picture that has to be decoded first."""


@dataclass(frozen=True)
class Share:
    """Consecutive examples of every batch: what one rank works on."""

    first: int
    count: int

    def split(self, number: int) -> list[Share]:
        """As equal parts as they can be, none of them empty."""
        number = min(number, self.count)
        edges = [self.first + self.count * i // number for i in range(number + 1)]
        return [Share(first, end - first) for first, end in zip(edges, edges[1:])]


class Source(Protocol):
    """Where batches come from, one after the other."""

    def read(self) -> Batch:
        """Raises EOFError when there is no more."""

    def close(self) -> None: ...


class ProcessSource:
    """Processes of the product's data code, which draw each batch anew from the pictures: each some of its examples."""

    def __init__(self, commands: list[list[str]]) -> None:
        # Sessions of their own: Ctrl-C in a terminal is for the training, which still needs the batches of its step.
        self._processes = [subprocess.Popen(command, stdout=subprocess.PIPE, start_new_session=True) for command in commands]
        self._streams = [process.stdout for process in self._processes if process.stdout is not None]
        self._parts = [_read_header(stream)["parts"] for stream in self._streams]

    def read(self) -> Batch:
        pieces = [read_values(stream, parts) for stream, parts in zip(self._streams, self._parts)]
        return pieces[0] if len(pieces) == 1 else {name: torch.cat([piece[name] for piece in pieces]) for name in pieces[0]}

    def close(self) -> None:
        for process in self._processes:
            process.terminate()
        for process in self._processes:
            process.wait()


class FileSource:
    """A prepared file with whole batches, of which one rank reads its share."""

    def __init__(self, path: Path, step: int, draws: int, share: Share) -> None:
        """`draws` batches belong to a step. Raises ValueError when the file does not begin early enough."""
        self._file = open(path, "rb")
        header = _read_header(self._file)
        whole = header["share"]
        if whole["first"] != 0 or not header["from"] <= step < header["to"]:
            raise ValueError(f"{path} holds steps {header['from']} to {header['to'] - 1}, not step {step}")
        self._last = (header["to"] - step) * draws
        self._pieces: list[tuple[str, int, int, int]] = []
        self._size = 0
        for name, count in header["parts"]:
            each = 4 * count // whole["count"]
            self._pieces.append((name, self._size + share.first * each, share.count * each, count))
            self._size += 4 * count
        self._at = self._file.tell() + (step - header["from"]) * draws * self._size

    def read(self) -> Batch:
        if self._last == 0:
            raise EOFError("the prepared batches are used up")
        batch: Batch = {}
        for name, offset, size, _ in self._pieces:
            self._file.seek(self._at + offset)
            batch[name] = torch.frombuffer(read_exactly(self._file, size), dtype=torch.float32)
        self._at += self._size
        self._last -= 1
        return batch

    def close(self) -> None:
        self._file.close()


def read_all(stream: IO[bytes]) -> list[Batch]:
    """All batches of a prepared file: what a validation needs again and again."""
    header = _read_header(stream)
    return [read_values(stream, header["parts"]) for _ in range(header["from"], header["to"])]


class Supply(Protocol):
    """What a rank's steps take their batches from."""

    def take(self) -> Batch:
        """The next one. Raises RuntimeError when there is none."""

    def take_waited(self) -> float:
        """Seconds spent waiting since the last call."""

    def close(self) -> None: ...


class Prefetcher:
    """Reads batches in a thread of its own and measures how long their user waits."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._ready: queue.Queue[Batch | Exception] = queue.Queue(AHEAD)
        self._closed = False
        self._waited = 0.0
        threading.Thread(target=self._read, daemon=True).start()

    def take(self) -> Batch:
        """The next batch. Raises RuntimeError when there is none."""
        start = time.perf_counter()
        batch = self._ready.get()
        self._waited += time.perf_counter() - start
        if isinstance(batch, Exception):
            raise RuntimeError(f"there are no more batches: {batch}") from batch
        return batch

    def take_waited(self) -> float:
        """Seconds spent waiting since the last call."""
        waited, self._waited = self._waited, 0.0
        return waited

    def close(self) -> None:
        self._closed = True
        self._source.close()

    def _read(self) -> None:
        try:
            while not self._closed:
                self._put(self._source.read())
        except Exception as problem:  # handed to the training thread, which can act on it
            self._put(problem)

    def _put(self, item: Batch | Exception) -> None:
        while not self._closed:
            try:
                return self._ready.put(item, timeout=1)
            except queue.Full:
                continue


def _read_header(stream: IO[bytes]) -> dict[str, Any]:
    if sys.byteorder != "little":
        raise ValueError("batches are little-endian numbers; this machine is big-endian")
    line = stream.readline()
    if not line:
        raise ValueError("the process that draws batches ended at once")
    header: dict[str, Any] = json.loads(line)
    if header.get("format") != "inpaint-studio-batches" or header.get("version") != 1:
        raise ValueError("these are no batches of this version of the program")
    return header


def read_values(stream: IO[bytes], parts: list[tuple[str, int]]) -> dict[str, Tensor]:
    """Raw little-endian float32, flat: names, and how many values each has, in their order."""
    if not parts:
        return {}
    counts = [count for _, count in parts]
    flat = torch.frombuffer(read_exactly(stream, 4 * sum(counts)), dtype=torch.float32)
    return {name: piece for (name, _), piece in zip(parts, torch.split(flat, counts))}


def read_exactly(stream: IO[bytes], size: int) -> bytearray:
    """Raises EOFError when the stream ends before."""
    data = bytearray(size)
    view = memoryview(data)
    at = 0
    while at < size:
        count = stream.readinto(view[at:])  # type: ignore[attr-defined]
        if not count:
            raise EOFError("the stream is at an end")
        at += count
    return data
