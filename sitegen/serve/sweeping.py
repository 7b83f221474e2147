"""Finding what is wrong with bodies, pictures and pages that nobody looks at, while nobody asks for anything."""

from __future__ import annotations

import asyncio

from sitegen.serve.about import inspect, let_go, prepare, unseen
from sitegen.serve.desk import Desk

__all__ = ["sweep"]


_TOGETHER = 50
"""Pages after which what they have read is let go."""


async def sweep(desk: Desk) -> None:
    """Make each page once after each look, and tell the listeners what was found; never ends."""
    while True:
        looks = desk.looks
        await desk.survive(_all(desk))
        await desk.changed(looks)


async def _all(desk: Desk) -> None:
    await desk.idle()
    await desk.quietly(prepare, desk.preview)
    while True:
        await desk.idle()
        if await _bodies(desk) and await _pages(desk):
            break
    await desk.tell()


async def _bodies(desk: Desk) -> bool:
    """Has bodies and pictures read that nobody has asked for; whether nobody came between."""
    asked = desk.asked
    while desk.asked == asked:
        if not await desk.quietly(desk.preview.work):
            return True
    return False


async def _pages(desk: Desk) -> bool:
    """Looks at pages, with a rest after each that is as long as it took; whether nobody came between."""
    clock, asked = asyncio.get_running_loop().time, desk.asked
    for number, url in enumerate(await desk.quietly(unseen, desk.preview)):
        began = clock()
        await desk.quietly(inspect, desk.preview, url)
        if number % _TOGETHER == 0:
            await desk.quietly(let_go, desk.preview)
        await asyncio.sleep(clock() - began)
        if desk.asked != asked:
            return False
    return True
