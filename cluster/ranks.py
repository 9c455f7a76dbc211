"""The processes of a distributed run: how many there are, and what they do together."""

from __future__ import annotations

import json
import os
import time
import uuid
from dataclasses import dataclass
from typing import Any

import torch
import torch.distributed as dist
from torch import Tensor
from torch._C._distributed_c10d import PrefixStore, Store
from torch.distributed.rendezvous import rendezvous

from batches import Share


@dataclass(frozen=True)
class Ranks:
    """`size` processes, of which this is number `rank`. With one, everything here does nothing."""

    rank: int
    size: int
    device: torch.device

    @staticmethod
    def join(device: torch.device) -> Ranks:
        """Meets the others when torchrun has started this process: nccl between GPUs, else gloo."""
        if int(os.environ.get("WORLD_SIZE", "1")) == 1:
            return Ranks(0, 1, device)
        if device.type == "cuda":
            device = torch.device("cuda", int(os.environ["LOCAL_RANK"]))
            torch.cuda.set_device(device)
        store, rank, size = next(rendezvous("env://"))
        store = PrefixStore(_token(store, rank, size), store)
        dist.init_process_group("nccl" if device.type == "cuda" else "gloo", store=store, rank=rank, world_size=size)
        return Ranks(rank, size, device)

    def leave(self) -> None:
        if self.size > 1:
            dist.destroy_process_group()

    @property
    def first(self) -> bool:
        """Whether this one writes log and checkpoints."""
        return self.rank == 0

    def share(self, batch: int) -> Share:
        """This rank's examples of a batch. Raises ValueError when it cannot be divided."""
        if batch % self.size != 0:
            raise ValueError(f"a batch of {batch} pictures cannot be divided among {self.size} ranks")
        count = batch // self.size
        return Share(self.rank * count, count)

    def average(self, tensor: Tensor) -> Tensor:
        """The mean over all ranks, in place."""
        if self.size > 1:
            dist.all_reduce(tensor)
            tensor /= self.size
        return tensor

    def any(self, flag: bool) -> bool:
        """Whether some rank says so. All have to ask."""
        if self.size == 1:
            return flag
        total = torch.tensor(float(flag), device=self.device)
        dist.all_reduce(total)
        return total.item() > 0

    def scatter(self, whole: Tensor | None, share: int) -> Tensor:
        """Gives every rank its part of the first one's values: as many as `share`."""
        own = torch.empty(share, device=self.device)
        parts = None if whole is None else list(whole.to(self.device).reshape(self.size, share).unbind())
        dist.scatter(own, parts, 0)
        return own

    def broadcast(self, tensors: list[Tensor]) -> None:
        """Gives every rank the first one's values, in place."""
        if self.size > 1:
            for tensor in tensors:
                dist.broadcast(tensor, 0)

    def same_data(self, value: Any) -> Any:
        """The first rank's value, small and fit for JSON. PyTorch's own way for objects needs NumPy."""
        if self.size == 1:
            return value
        own = json.dumps(value).encode()
        length = torch.tensor(len(own), device=self.device)
        dist.broadcast(length, 0)
        text = torch.tensor(list(own) if self.first else [0] * int(length), dtype=torch.uint8, device=self.device)
        dist.broadcast(text, 0)
        return json.loads(bytes(text.tolist()))

    def order(self, numbers: list[float] | None) -> list[float]:
        """Three numbers of the first rank's. The others wait for them."""
        if self.size == 1:
            return numbers or []
        values = torch.tensor(numbers or [0, 0, 0], dtype=torch.float64, device=self.device)
        dist.broadcast(values, 0)
        return values.tolist()

    def expect_equal(self, tensors: list[Tensor], what: str) -> None:
        """Raises RuntimeError when a bit of the values differs between ranks: their sums as whole numbers are compared,
        exactly, since addition modulo 2^64 has no rounding."""
        if self.size == 1:
            return
        own = torch.stack([tensor.view(torch.int32).sum(dtype=torch.int64) for tensor in tensors])
        every = [torch.empty_like(own) for _ in range(self.size)]
        dist.all_gather(every, own)
        if any(not torch.equal(own, other) for other in every):
            raise RuntimeError(f"{what} differ between ranks: are they one version of PyTorch and one kind of device?")


def _token(store: Store, rank: int, size: int) -> str:
    """A name that only the processes which are alive now have in common.

    After a rank has died, torchrun starts all of them anew on the store of the ones before, and their stale addresses
    there let the new ones connect to nobody (seen with PyTorch 2.13: every second restart hung). So each of the others
    says hello under a name of its own until the first has answered it.
    """
    own = uuid.uuid4().hex
    if rank != 0:
        store.set(f"hello/{rank}", own)
        token = store.get(f"token/{own}").decode()
        store.set(f"known/{token}/{rank}", "")
        return token
    missing = set(range(1, size))
    while missing:
        for other in list(missing):
            if store.check([f"hello/{other}"]):
                # Perhaps a dead one's: asked again until one that is alive has confirmed.
                store.set(f"token/{store.get(f'hello/{other}').decode()}", own)
            if store.check([f"known/{own}/{other}"]):
                missing.remove(other)
        time.sleep(0.02)
    return own
