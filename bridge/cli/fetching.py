"""Signed shortcuts from an address, fetched beside the requests, never in one."""

from __future__ import annotations

import logging
import ssl
import time

from bridge.shortcuts.files import read_index
from bridge.shortcuts.signing.dropped import DroppedSet
from bridge.shortcuts.signing.fetched import digest_of, look_if_due
from bridge.upstream.public import PublicFiles

_LOG = logging.getLogger("bridge")
CLOCK_S = 60.0


def fetch_for_ever(url: str, dropped: DroppedSet, *, authorities: str = "") -> None:
    """Look every minute whether it is time to look at the address, and do.

    Parameters
    ----------
    url
        The folder of signed files; checked by the settings.
    dropped
        Where they are put, and what judges them.
    authorities
        A file of certificate authorities to trust instead of the system's; "": none.
    """
    while True:
        try:
            fetch_once(url, dropped, authorities=authorities)
        except Exception as error:  # noqa: BLE001 - the next minute is another try
            _LOG.warning("signed shortcuts: %s", type(error).__name__)
        time.sleep(CLOCK_S)


def fetch_once(url: str, dropped: DroppedSet, *, authorities: str = "") -> bool:
    """Look at the address if it is time to; tell whether it was.

    Raises
    ------
    OSError
        If the folder cannot be written, or the authorities cannot be read.
    """
    context = ssl.create_default_context(cafile=authorities) if authorities else None
    files = PublicFiles(url, context=context)
    try:
        return look_if_due(dropped, read_index(), digest_of(url), files.read)
    finally:
        files.close()
