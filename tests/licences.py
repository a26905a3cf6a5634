"""List what is installed and under which licence: ``python tests/licences.py [requirements.txt]``.

Reads the packages named in the file (by default those that clipbook needs to run) from the environment that
runs this script. Ends with status 1 if a package states no licence or one that binds those who pass
clipbook on (the GNU GPL and AGPL).
"""

from __future__ import annotations

import re
import sys
from importlib import metadata
from pathlib import Path

BINDING = re.compile(r"\bA?GPL|Affero|GNU General Public", re.IGNORECASE)


def licence_of(package: metadata.PackageMetadata) -> str:
    """Give the licence a package states: its expression, else its classifiers, else its text's first line."""
    classified = [
        line.rpartition(" :: ")[2]
        for line in package.get_all("Classifier") or []
        if line.startswith("License ::")
    ]
    lines = (package.get("License") or "").strip().splitlines()
    stated = package.get("License-Expression") or "; ".join(classified) or (lines[0] if lines else "")
    return stated.strip()


def named_in(requirements: Path) -> list[str]:
    """Names of the packages pinned in a requirements file."""
    return re.findall(r"(?m)^([A-Za-z0-9][\w.-]*)==", requirements.read_text(encoding="utf-8"))


def main() -> int:
    default = Path(__file__).resolve().parents[1] / "requirements.txt"
    requirements = Path(sys.argv[1]) if len(sys.argv) > 1 else default
    doubtful = 0
    for name in sorted(named_in(requirements), key=str.lower):
        try:
            package = metadata.metadata(name)
        except metadata.PackageNotFoundError:
            print(f"{name:32} {'':12} not needed on this system")
            continue
        licence = licence_of(package)
        binding = bool(BINDING.search(licence)) and "LGPL" not in licence and "Lesser" not in licence
        doubtful += not licence or binding
        print(f"{name:32} {package['Version']:12} {licence or 'NOT STATED'}")
    return bool(doubtful)


if __name__ == "__main__":
    sys.exit(main())
