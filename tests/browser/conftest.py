"""Headless Chromium for the tests that look at pages as a reader's browser does."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from lab_server import MINUTE, serve

AXE = Path(__file__).parent / "node_modules" / "axe-core" / "axe.min.js"


@pytest.fixture(scope="session")
def chromium() -> Iterator[object]:
    """A browser for the whole run; skips, saying why, where there is none."""
    program = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        pytest.skip("no Chromium: install one (apt-get install chromium) or name it in the variable CHROMIUM")
    playwright = pytest.importorskip("playwright.sync_api", reason="no playwright: pip install playwright")
    playwright.expect.set_options(timeout=MINUTE)
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=program, args=["--no-sandbox"], timeout=MINUTE)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def lab(study: Path) -> Iterator[str]:
    """JupyterLab in the study of a module; gives its address."""
    with serve(study) as address:
        yield address


@pytest.fixture
def open_page(chromium):
    """Open a file in a fresh window; every complaint and every request that leaves the disk is kept."""
    contexts = []

    def opened(path: Path, *, width: int = 1000, scheme: str = "light", place: str = ""):
        context = chromium.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
        contexts.append(context)
        context.set_default_timeout(MINUTE)
        page = context.new_page()
        page.complaints, page.left = [], []
        page.on("console", lambda said: page.complaints.append(said.text))
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.on("dialog", lambda dialog: (page.complaints.append(dialog.message), dialog.dismiss()))
        page.on("request", lambda made: page.left.append(made.url))
        page.goto(path.as_uri() + place)
        return page

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def axe() -> str:
    """The accessibility checker's source; skips, saying how to get it, where it is missing."""
    if not AXE.is_file():
        pytest.skip("no axe-core: run npm install --no-package-lock in tests/browser")
    return AXE.read_text(encoding="utf-8")
