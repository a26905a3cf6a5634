"""Every table of a corpus of any size: brought up to date part by part, over processes and machines, and read back."""

from clipbook.tables.elsewhere import FORMS, export_tables, write_codebook
from clipbook.tables.lock import BusyError
from clipbook.tables.plan import Settings
from clipbook.tables.read_back import Tables, find_tables
from clipbook.tables.run import Update, update_tables
