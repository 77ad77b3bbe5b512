"""The one way to write: read, preview, write, read back, journal.

A route reads what is there and makes a :class:`~bridge.writes.writable.Change` of
what was asked; of a preview, :func:`~bridge.writes.carry.foresee` tells what would
become of it. :func:`~bridge.writes.carry.carry_out` notes it in the journal, sends it
once, reads back and tells what was kept. :func:`~bridge.writes.undo.take_back` goes
the same way backwards. What can be written is a
:class:`~bridge.writes.writable.Writable`: one class for wellness days, one for each
other thing.
"""
