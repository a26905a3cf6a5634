"""Everyone's one name over all captures, some surnames at a time."""

from __future__ import annotations

import json
import tempfile
import zlib
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from clipbook.quotes import canonical_names
from clipbook.quotes.speakers import name_words

_HELD = 10_000  # names counted in memory; what is counted goes to files then
_FILES = 64  # by surname, as only names that share one are compared


class Speakers:
    """Speakers as they are found, and how often."""

    def __init__(self) -> None:
        self._count: Counter[str] = Counter()
        self._folder = tempfile.TemporaryDirectory(prefix="clipbook-")

    def add(self, found: Mapping[str, int]) -> None:
        """Count the speakers of a capture."""
        self._count.update(found)
        if len(self._count) > _HELD:
            self._store()

    def _store(self) -> None:
        by_file: dict[int, list[str]] = {}
        for name, count in self._count.items():
            surname = (name_words(name) or ("",))[-1]
            number = zlib.crc32(surname.encode("utf-8", "surrogatepass")) % _FILES
            by_file.setdefault(number, []).append(json.dumps([name, count]) + "\n")
        for number, lines in by_file.items():
            with (Path(self._folder.name) / str(number)).open("a", encoding="ascii") as stream:
                stream.writelines(lines)
        self._count.clear()

    def names(self) -> dict[str, str]:
        """Give the one name of each speaker where it differs, as ``quotes.canonical_names`` does; ends the count."""
        self._store()
        changed: dict[str, str] = {}
        for path in sorted(Path(self._folder.name).iterdir()):
            count: Counter[str] = Counter()
            with path.open(encoding="ascii") as stream:
                for name, times in map(json.loads, stream):
                    count[name] += times
            changed |= {name: one for name, one in canonical_names(count).items() if name != one}
        self._folder.cleanup()
        return changed
