"""Exports of press databases: one row an article, whatever the file that holds them.

========================  ========================================================================
module                    what it divides
========================  ========================================================================
``nexis``                 Nexis Uni and Advance; Nexis UK and LexisNexis Academic
``factiva``               Factiva, fields in order or behind two letters
``proquest``              ProQuest, labelled fields
``europresse``            Europresse, HTML
``reading``               tells which it is, and names what is recognised and cannot be divided
========================  ========================================================================
"""

from clipbook.captures.exports.reading import Shown, divide, divide_page, divide_text, refuse_unread

__all__ = ["Shown", "divide", "divide_page", "divide_text", "refuse_unread"]
