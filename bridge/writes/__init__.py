"""The one way to write: read, preview, write, read back, journal.

A door reads what is there and makes :class:`~bridge.writes.kind.Change` objects of
what was asked; a preview stops here. :func:`~bridge.writes.carry.carry_out` notes
them in the journal, sends them once, reads back and says what was kept.
:func:`~bridge.writes.undo.take_back` goes the same way backwards. What can be written
is a :class:`~bridge.writes.kind.Kind`: one class for wellness, one for each other.
"""
