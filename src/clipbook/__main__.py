"""``python -m clipbook`` is the ``clipbook`` command."""

import sys

from clipbook.cli import main

sys.exit(main())
