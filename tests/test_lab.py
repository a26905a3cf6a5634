"""``make lab`` serves this machine only, and only those who hold the token."""

import json
import os
import re
import shlex
import subprocess
import sys
import time
import urllib.error
import urllib.request

import pytest


@pytest.fixture(scope="module")
def server(root, tmp_path_factory):
    """The server that ``make lab`` starts, without its browser, and what it says about itself."""
    recipe = (root / "Makefile").read_text(encoding="utf-8").partition("\nlab:")[2].splitlines()[1]
    options = shlex.split(recipe.partition("/jupyter ")[2])
    folder = tmp_path_factory.mktemp("lab")
    command = [sys.executable, "-m", "jupyter", *options, "--no-browser", "--allow-root"]
    env = os.environ | {"JUPYTER_RUNTIME_DIR": str(folder), "JUPYTER_CONFIG_DIR": str(folder)}
    with (
        (folder / "said").open("w") as said,
        subprocess.Popen(command, cwd=root, env=env, stderr=said) as run,
    ):
        try:
            for _ in range(3000):
                started = list(folder.glob("jpserver-*.json"))
                if started and "is running at" in (folder / "said").read_text():
                    break
                time.sleep(0.1)
            yield json.loads(started[0].read_text())
        finally:
            run.terminate()


def status(url: str) -> int:
    try:
        with urllib.request.urlopen(url, timeout=200) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        return error.code


def test_lab_listens_on_this_machine_only(server):
    assert server["hostname"] == "127.0.0.1"
    assert re.match(r"http://127\.0\.0\.1:\d+/", server["url"])


def test_lab_lets_in_only_who_holds_the_token(server):
    contents = f"{server['url']}api/contents"
    assert len(server["token"]) >= 32
    assert status(contents) == 403
    assert status(f"{contents}?token=guess") == 403
    assert status(f"{contents}?token={server['token']}") == 200
