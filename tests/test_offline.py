"""The tests themselves run cut off from the network, so that a download shows as a failure."""

import socket
import subprocess
import sys

import pytest


def test_another_host_cannot_be_reached_from_the_tests():
    with pytest.raises(OSError, match="cut off"):
        socket.create_connection(("example.org", 80), timeout=1)


def test_a_child_process_is_cut_off_too():
    attempt = "import socket; socket.create_connection(('192.0.2.1', 80), timeout=1)"
    ended = subprocess.run([sys.executable, "-c", attempt], capture_output=True, text=True, check=False)
    assert "cut off" in ended.stderr
