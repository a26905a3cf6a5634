"""Tasks for worker processes, which load this module: it needs no library, so that a process begins at once."""

import os
import signal


def die_at_once(task):
    """Stands in for a machine on which no worker can work."""
    os.kill(os.getpid(), signal.SIGKILL)


def die_once(path):
    """Die at the first try, as a worker does that is killed from outside."""
    if not path.exists():
        path.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return path.name


def process_of(_):
    return os.getpid()


def blocked_signs(_):
    return set(signal.pthread_sigmask(signal.SIG_BLOCK, ()))
