"""How this process shares the processor and its memory. To be imported before PyTorch, which reads the environment once."""

from __future__ import annotations

import ctypes
import os
import sys

# How often a thread that waits for others looks again before it sleeps (libgomp's own choice: for minutes). Measured with
# two threads on two cores, in steps a second: 15 alone and 7 beside two busy programs; libgomp's choice 16 and 0.6 to 7;
# sleeping at once 8 and 1 to 2.
os.environ.setdefault("GOMP_SPINCOUNT", "20000")


def keep_freed_memory() -> None:
    """Tells glibc not to hand freed tensors back to the system: fetching their pages anew takes 8 % of a step."""
    if sys.platform == "linux":
        trim_threshold, mmap_threshold = -1, -3
        libc = ctypes.CDLL(None)
        if hasattr(libc, "mallopt"):
            libc.mallopt(mmap_threshold, 1 << 30)
            libc.mallopt(trim_threshold, (1 << 31) - 1)
