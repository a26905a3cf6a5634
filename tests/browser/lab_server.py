"""JupyterLab for the tests, started on a study as ``make lab`` does, with its token."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

MINUTE = 240_000  # of a busy machine
TOKEN = "a-token-of-the-tests"


@contextmanager
def serve(study: Path) -> Iterator[str]:
    """Start the server on a folder; gives its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = ["--no-browser", "--allow-root", f"--port={port}", f"--IdentityProvider.token={TOKEN}"]
    settings = {
        **os.environ,
        "JUPYTER_CONFIG_DIR": str(study.parent),
        "JUPYTERLAB_SETTINGS_DIR": str(study.parent),
    }
    server = subprocess.Popen(
        [sys.executable, "-m", "jupyter", "lab", "--ip=127.0.0.1", "--notebook-dir=.", *options],
        cwd=study, env=settings, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    address = f"http://127.0.0.1:{port}"
    try:
        wait_for(lambda: urlopen(f"{address}/api").status == 200, seconds=240)
        yield address
    finally:
        server.terminate()
        server.wait(timeout=240)


@contextmanager
def window_on(chromium, lab: str, **options):
    """Open a window of JupyterLab, logged in."""
    context = chromium.new_context(viewport={"width": 1400, "height": 1000}, **options)
    page = context.new_page()
    page.set_default_timeout(MINUTE)
    context.request.get(f"{lab}/lab?token={TOKEN}")  # the cookie alone: opening JupyterLab takes seconds
    yield page
    context.close()


def open_notebook(window, lab: str, notebook: str) -> None:
    """Open a notebook of the study, ready to run."""
    window.goto(f"{lab}/lab/tree/notebooks/{notebook}.ipynb?reset")
    window.get_by_text("Python 3 (ipykernel) | Idle").wait_for(timeout=MINUTE)


def wait_for(done, seconds: float) -> None:
    """Wait until a condition holds; a file that is not there yet, or half written, is none."""
    until = time.monotonic() + seconds
    while True:
        try:
            if done():
                return
        except (OSError, ValueError):
            pass
        assert time.monotonic() < until, "JupyterLab did not answer in time"
        time.sleep(0.25)
