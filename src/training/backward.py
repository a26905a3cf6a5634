"""Backward selection over rules: which pay where no model has seen the article, and which may go."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

Rules = Mapping[str, tuple[Any, Callable[..., Any]]]
"""By its name each rule's room (the module or class that calls it) and what stands in for it when it is off."""


def gains(measure: Callable[[], np.ndarray], rules: Rules, names: list[str]) -> dict[str, np.ndarray]:
    """Give what each rule adds to what is measured of each article."""
    whole = measure()
    found = {}
    for name in names:
        room, without = rules[name]
        rule = getattr(room, name)
        setattr(room, name, without)
        found[name] = whole - measure()
        setattr(room, name, rule)
    return found


def select(
    measure: Callable[[], np.ndarray],
    rules: Rules,
    of_kind: Mapping[str, np.ndarray],
    least: float,
    fewest: int,
) -> None:
    """Print what each rule pays, by kind of article; leave out the one that is worth least, until all pay.

    A rule pays if in articles of a kind it adds ``least`` to the mean and helps ``fewest`` articles.
    """
    names = list(rules)
    while True:
        print({kind: round(float(measure()[chosen].mean()), 4) for kind, chosen in of_kind.items()})
        idle = {}
        for name, gain in gains(measure, rules, names).items():
            parts = [gain[chosen] for chosen in of_kind.values()]
            pays = any(part.mean() >= least and (part > 0).sum() >= fewest for part in parts)
            for kind, part in zip(of_kind, parts, strict=True):
                helped, hurt = (part > 0).sum(), (part < 0).sum()
                print(
                    f"{name:20} {kind:6} pays {part.mean():+.4f}; {helped} articles better, {hurt} worse",
                    flush=True,
                )
            if not pays:
                idle[name] = sum(part.mean() for part in parts)
        if not idle:
            return
        least_worth = min(idle, key=idle.__getitem__)
        print(f"goes: {least_worth}", flush=True)
        names.remove(least_worth)
        room, without = rules[least_worth]
        setattr(room, least_worth, without)
