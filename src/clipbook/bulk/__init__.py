"""Tables of corpora of any size: part by part, over processes and machines, taken up again where it stopped."""

from clipbook.bulk.run import Settings, write_tables
from clipbook.bulk.turn import BusyError

__all__ = ["BusyError", "Settings", "write_tables"]
