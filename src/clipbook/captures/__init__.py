"""Files, folders and archives to captures: formats, decoding, limits.

==========================================  ==========================================================
ending                                      what is read
==========================================  ==========================================================
``.txt``, ``.md``                           the page's visible text, pasted
``.html``, ``.htm``, ``.xhtml``             a saved page, also as SingleFile or the Wayback Machine write it
``.mhtml``, ``.mht``, ``.webarchive``       a page saved by a browser with all its parts
``.warc``, ``.wacz``                        every HTML page in a web archive
``.pdf``                                    the text layer
``.docx``, ``.rtf``, ``.odt``               a pasted page
``.epub``                                   a chapter an article
``.eml``, ``.mbox``                         messages
``.csv``, ``.tsv``, ``.xlsx``, ``.json``,   an article a row or record, with a column of texts
``.jsonl``
``.xml``, ``.rss``, ``.atom``, ``.enex``    feeds, NITF, TEI, notes of Evernote
``.gz``, ``.zip``                           any of these, packed
==========================================  ==========================================================

An export of a press database (:mod:`clipbook.captures.exports`) gives one capture an article, whichever of these holds it.
What a file holds counts, not how it is called: one that is named wrongly is read as what it is, with a note.
"""

from clipbook.captures.files import Found, find_files, passed_over
from clipbook.captures.limits import Limits, UnreadableError
from clipbook.captures.read import failed_by_machine, read_captures, read_file
