"""``bridge shortcuts``: have the built shortcuts signed, and check signed ones."""

from __future__ import annotations

import functools
import importlib.util
import sys
import time
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bridge.cli.environment import now
from bridge.shortcuts.signing import Refused, SigningFailed

if TYPE_CHECKING:
    from bridge.shortcuts.signing.ask_mac import Signer
    from bridge.shortcuts.signing.release import Judge
    from bridge.shortcuts.signing.verify import Verified

_EXTRA = ("cryptography", "aea", "liblzfse", "lz4")
_PATH = click.Path(exists=True, path_type=Path)
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@dataclass(frozen=True, kw_only=True)
class Trust:
    """Which clock, roots and pauses count; ``obj`` of the context, where given."""

    clock: Callable[[], datetime] = now
    roots: Collection[str] | None = None  # Apple's
    pause: Callable[[float], object] = time.sleep  # seconds


@click.group()
def shortcuts() -> None:
    """Have the built shortcuts signed by a Mac; check signed files anywhere."""


@shortcuts.command()
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=_FILE)
@click.option(
    "--unsigned", type=_FILE, help="The build it has to be; else found by its place."
)
@click.pass_obj
def verify(trust: object, /, files: tuple[Path, ...], unsigned: Path | None) -> None:
    """Tell whether an iPhone takes each FILE, until when, and whether it is ours."""
    judge = _judge(trust)
    if unsigned and len(files) > 1:
        raise click.UsageError("--unsigned goes with one FILE")
    refused = 0
    for path in files:
        try:
            verified = judge.check(path, unsigned)
        except Refused as refusal:
            refused += 1
            click.echo(f"XX  {path.name}: {refusal}")
        else:
            click.echo(f"ok  {path.name}: {_say(verified)}")
            if not verified.compared:
                click.echo("    not compared with a build: name it with --unsigned")
    sys.exit(1 if refused else 0)


@shortcuts.command()
@click.argument("paths", metavar="DIR|FILE...", nargs=-1, required=True, type=_PATH)
@click.option("--local", is_flag=True, help="On this Mac; so also without --ssh.")
@click.option("--ssh", "host", metavar="HOST", help="On a Mac that ssh reaches.")
@click.option("--mode", type=click.Choice(["anyone"]), expose_value=False)
@click.option("--again", is_flag=True, help="Sign again what is still good for long.")
@click.option("--links", is_flag=True, help="Hand out the iCloud links: try one first.")
@click.pass_obj
def sign(  # noqa: PLR0913 - one for each option
    trust: object,
    /,
    paths: tuple[Path, ...],
    *,
    local: bool,
    host: str | None,
    again: bool,
    links: bool,
) -> None:
    """Have each shortcut signed and checked, and put it into the folder signed."""
    if local and host is not None:
        raise click.UsageError("--local and --ssh exclude each other")
    judge = _judge(trust)
    from bridge.shortcuts.signing.ask_mac import ask_thrice, sign_local, sign_ssh
    from bridge.shortcuts.signing.release import find_unsigned, group_equal

    way = sign_local if host is None else functools.partial(sign_ssh, host=host)
    signer = ask_thrice(way, _known(trust).pause)
    files = [file for path in paths for file in find_unsigned(path)]
    if not files:
        raise click.ClickException("There is no .shortcut file to sign.")
    refused = 0
    groups = group_equal(files)
    for number, group in enumerate(groups, start=1):
        click.echo(f"{number} of {len(groups)}  ", nl=False)
        try:
            for line in _sign(group, signer, judge, again=again):
                click.echo(line)
        except Refused as refusal:
            refused += 1
            click.echo(f"XX      {group[0].name}: {refusal}")
        except SigningFailed as failure:
            click.echo()
            raise click.ClickException(f"{group[0].name}: {failure}.") from failure
    _say_links(files, hand_out=links)
    sys.exit(1 if refused else 0)


def _sign(
    group: list[Path], signer: Signer, judge: Judge, *, again: bool
) -> Iterator[str]:
    """Sign one of some equal files, and tell of each what was done."""
    from bridge.shortcuts.signing.release import copy_signed, find_lasting, sign_file

    lasting = {} if again else {file: find_lasting(file, judge) for file in group}
    source = next((file for file, kept in lasting.items() if kept), group[0])
    for file in (source, *(file for file in group if file != source)):
        if kept := lasting.get(file):
            yield f"kept    {file.name}: {_say(kept)}"
        elif file == source:
            yield f"signed  {file.name}: {_say(sign_file(file, signer, judge))}"
        else:
            copy_signed(source, file, judge)
            yield f"        copied for {file.name}, which has the same contents"


def _say_links(files: list[Path], *, hand_out: bool) -> None:
    """Tell of the links in iCloud, which the Mac made while it signed."""
    from bridge.shortcuts.signing.release import hand_out_link, icloud_link

    links = [link for file in files if (link := icloud_link(file))]
    if hand_out:
        click.echo(f"{sum(map(hand_out_link, files))} iCloud links are handed out.")
    elif links:
        click.echo(
            f"{len(links)} iCloud links were made. Try one on a phone first,"
            f" then hand them out with --links: {links[0]}"
        )


def _judge(trust: object) -> Judge:
    """Return the judge, when what it needs is installed."""
    if any(importlib.util.find_spec(name) is None for name in _EXTRA):
        raise click.ClickException(
            "Checking signatures needs more packages:"
            " .venv/bin/pip install -r requirements-verify.txt"
        )
    from bridge.shortcuts.signing.certificates import APPLE_ROOTS
    from bridge.shortcuts.signing.release import Judge

    known = _known(trust)
    roots = APPLE_ROOTS if known.roots is None else known.roots
    return Judge(now=known.clock(), roots=roots)


def _known(trust: object) -> Trust:
    return trust if isinstance(trust, Trust) else Trust()


def _say(verified: Verified) -> str:
    ours = ", the same as its unsigned build" if verified.compared else ""
    other = ", ".join(verified.also_different)
    return (
        f"signed for anyone until {verified.expires_at:%Y-%m-%d},"
        f" {verified.actions} actions{ours}"
        + (f"; rewritten by the Mac: {other}" if other else "")
    )
