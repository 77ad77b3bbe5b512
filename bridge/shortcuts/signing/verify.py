"""Tell whether an iPhone will take a signed file, and whether it is ours."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from bridge.shortcuts.signing.certificates import (
    APPLE_ROOTS,
    check_chain,
    name_of,
    read_chain,
)
from bridge.shortcuts.signing.container import read_container
from bridge.shortcuts.signing.contents import (
    ACTIONS,
    Workflow,
    compare,
    read_archive,
    read_workflow,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """A signed file that passed every check."""

    signer: str  # as Apple names this signer: a random number
    expires_at: datetime
    workflow: Workflow
    compared: bool  # actions and questions are those of the unsigned build
    also_different: tuple[str, ...] = ()  # other keys, for a remark

    @property
    def actions(self) -> int:
        """The number of actions."""
        return len(self.workflow[ACTIONS])


def verify(
    signed: bytes,
    *,
    now: datetime,
    unsigned: bytes | None = None,
    roots: Collection[str] = APPLE_ROOTS,
) -> Verified:
    """Check a signed file, from the outside in.

    Parameters
    ----------
    signed
        The whole file; whatever it is, little memory and time are taken.
    now
        The instant at which the certificates have to be valid.
    unsigned
        The build whose actions it has to hold; None: any shortcut will do.
    roots
        SHA-256 of the root certificates to believe.

    Raises
    ------
    Refused
        With the first thing that is wrong, as the second half of a sentence that
        begins with the file's name.

    Source
    ------
    Container, chain and marks as in 20 Apple-signed files; see ``container`` and
    ``certificates``.
    """
    container = read_container(signed)
    chain = read_chain(container.auth_data)
    contents = container.open(check_chain(chain, roots, now))
    workflow = read_workflow(read_archive(contents), "the shortcut inside")
    different: tuple[str, ...] = ()
    if unsigned is not None:
        different = compare(workflow, read_workflow(unsigned, "the unsigned build"))
    return Verified(
        signer=name_of(chain[0]),
        expires_at=min(certificate.not_valid_after_utc for certificate in chain),
        workflow=workflow,
        compared=unsigned is not None,
        also_different=different,
    )
