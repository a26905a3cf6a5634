"""The ``clipbook`` command, as ``commands/command_line.toml`` describes it."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

from clipbook import __version__
from clipbook.commands import refuse
from clipbook.shipped import shipped


def parser() -> argparse.ArgumentParser:
    """Describe the command line."""
    stated = shipped("commands/command_line.toml")
    top = argparse.ArgumentParser(
        prog="clipbook",
        description=stated["description"],
        epilog=stated["epilog"],
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    top.add_argument("--version", action="version", version=f"clipbook {__version__}")
    _add(top, "command", stated["commands"], stated["shared"])
    return top


def _add(
    parent: argparse.ArgumentParser, kind: str, commands: dict[str, Any], shared: dict[str, Any]
) -> None:
    """Add commands, or the steps of one, with their options."""
    parts = parent.add_subparsers(dest=kind, metavar=kind.upper(), required=True)
    for name, stated in commands.items():
        command = parts.add_parser(name, help=stated["help"], description=stated["description"])
        if "steps" in stated:
            _add(command, "step", stated["steps"], shared)
            continue
        command.set_defaults(call=partial(_call, stated["call"]))
        either: Any = command.add_mutually_exclusive_group() if "either" in stated else None
        for option, given in stated["options"].items():
            about = dict(shared[given] if isinstance(given, str) else given)
            about |= {key: KINDS[about[key]] for key in ("type", "action") if about.get(key) in KINDS}
            (either if option in stated.get("either", ()) else command).add_argument(option, **about)


def _call(where: str, args: argparse.Namespace) -> int:
    """Load what a command needs, and carry it out."""
    module, _, name = where.partition(".")
    status: int = getattr(import_module(f"clipbook.commands.{module}"), name)(args)
    return status


def path(text: str) -> Path:
    """Read a file's or folder's name; captures alone may lie at an address."""
    if "://" in text:
        raise argparse.ArgumentTypeError(f"{text} is an address; name a file or folder of this machine")
    return Path(text)


def processes(text: str) -> int:
    """Read a number of processes."""
    if (number := int(text)) < 1:
        raise argparse.ArgumentTypeError(f"{text} is not a number of processes; give 1 or more")
    return number


KINDS: dict[str, Callable[..., Any]] = {  # what an option's type and action stand for
    "path": path,
    "int": int,
    "processes": processes,
    "yes_or_no": argparse.BooleanOptionalAction,
}


def main(argv: Sequence[str] | None = None) -> int:
    """Carry out a command line; gives the exit status."""
    args = parser().parse_args(argv)
    try:
        status: int = args.call(args)
    except Exception as error:
        from clipbook.errors import ClipbookError

        if isinstance(error, MemoryError):
            said = "The memory of this machine was too small. Close other programs or name fewer --workers, and run again: "
            return refuse(said + "what has been measured is kept.", 1)
        if isinstance(error, ImportError):
            said = f"A library cannot be loaded ({error}). Close other programs if memory is short; else install clipbook anew."
            return refuse(said, 1)
        if isinstance(error, (ClipbookError, OSError, ValueError)):
            return refuse(str(error))
        raise
    return status
