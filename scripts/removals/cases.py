"""The removals that quality is judged by: photograph, what is removed, and the hole, painted by hand.

cases.json holds for each `name`, `photo` (name of a photograph without its ending), `what` and `hole`, a list of parts in pixels of the
photograph: {"ellipse": [x, y, a, b]} with half axes a and b, {"polygon": [[x, y], ...]} or {"stroke": [[x, y], ...], "width": w}
with round ends.
"""

from __future__ import annotations

import json
import pathlib
from collections.abc import Collection
from typing import Any

from PIL import Image, ImageDraw


def cases(names: Collection[str] = ()) -> list[dict[str, Any]]:
    """All cases, or those of `names`. Raises SystemExit for a name that there is none of."""
    known = json.loads((pathlib.Path(__file__).parent / "cases.json").read_text())
    unknown = set(names) - {case["name"] for case in known}
    if unknown:
        raise SystemExit(f"No removal is called {', '.join(sorted(unknown))}. There are: {', '.join(case['name'] for case in known)}")
    return [case for case in known if not names or case["name"] in names]


def hole_mask(case: dict[str, Any], size: tuple[int, int]) -> Image.Image:
    """The hole as a picture of `size` (width, height), 255 inside."""
    mask = Image.new("L", size)
    draw = ImageDraw.Draw(mask)
    for part in case["hole"]:
        if "ellipse" in part:
            x, y, a, b = part["ellipse"]
            draw.ellipse((x - a, y - b, x + a, y + b), fill=255)
        elif "polygon" in part:
            draw.polygon([tuple(point) for point in part["polygon"]], fill=255)
        else:
            stroke(draw, [tuple(point) for point in part["stroke"]], part["width"])
    return mask


def stroke(draw: ImageDraw.ImageDraw, points: list[tuple[int, int]], width: int) -> None:
    """A line with a disc at each point: Pillow's own joints leave single pixels out."""
    draw.line(points, fill=255, width=width)
    for x, y in points:
        draw.ellipse((x - width / 2, y - width / 2, x + width / 2, y + width / 2), fill=255)
