"""Cuts this Python process off from every host but its own machine.

Python imports this by itself in every process whose PYTHONPATH names this folder, so that tests
also hold kernels and commands to the promise that nothing is downloaded at run time.
"""

import socket

LOCAL = {"localhost", "127.0.0.1", "::1", "0.0.0.0", "", None}

_connect = socket.socket.connect
_look_up = socket.getaddrinfo


class NetworkUsedError(OSError):
    """Something tried to reach another machine."""


def _refuse_others(host: object) -> None:
    if host not in LOCAL:
        raise NetworkUsedError(f"the network is cut off in tests, and something asked for {host}")


def _connect_locally(self: socket.socket, address: object) -> None:
    if self.family in (socket.AF_INET, socket.AF_INET6) and isinstance(address, tuple):
        _refuse_others(address[0])
    return _connect(self, address)


def _look_up_locally(host: object, *args: object, **options: object) -> object:
    _refuse_others(host.decode() if isinstance(host, bytes) else host)
    return _look_up(host, *args, **options)


socket.socket.connect = _connect_locally
socket.getaddrinfo = _look_up_locally
