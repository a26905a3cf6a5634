"""The simulations behind `make claims` run on the sample, so that a change of the package cannot break them unseen."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

VALIDITY = Path(__file__).parent / "validity"


@pytest.mark.slow
def test_every_simulation_runs_without_coded_data_and_writes_nothing():
    kept = (VALIDITY / "claims.json").read_bytes()
    run = subprocess.run(
        [sys.executable, str(VALIDITY / "claims.py")], capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    simulated = {
        line.split("'name': ")[1].split(", 'goal'")[0].strip("'\"") for line in run.stdout.splitlines()[1:]
    }
    assert {row["name"] for row in json.loads(kept)} <= simulated
    assert (VALIDITY / "claims.json").read_bytes() == kept
