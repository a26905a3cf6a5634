"""The areas of accuracy; those that are learned are also predicted with weights fitted on other pages by `src/training`."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[3] / "src" / "training"))
