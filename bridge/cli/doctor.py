"""``bridge doctor``: why it does not work."""

from __future__ import annotations

import sys
from dataclasses import replace

import click

from bridge.cli.environment import now, phone_address, read_config, read_store
from bridge.domain.doctor.checks import Result, check_webhook, say_checks
from bridge.domain.speech.trim import for_the_eye
from bridge.domain.speech.voice import ENGLISH

_SIGNS = {"ok": "ok", "warning": "!!", "problem": "XX"}
_ORDER = {"problem": 0, "warning": 1, "ok": 2}
_COLOURS = {"ok": "green", "warning": "yellow", "problem": "red"}


@click.command()
@click.option(
    "--request",
    "request_text",
    help="Read a request that failed, offline: a curl line, or headers; - for stdin.",
)
def doctor(request_text: str | None) -> None:
    """Say what does not work, and what to do.

    It looks at the API key, the account, the clock, the phone's address, the database
    and Strava, or at a --request that failed.
    """
    if request_text is not None:
        _read_request(sys.stdin.read() if request_text == "-" else request_text)
        return
    from bridge.doctor import Vantage, check_all, check_channels, check_signed
    from bridge.services import api_key_of
    from bridge.shortcuts.signing.dropped import SIGNED, DroppedSet
    from bridge.store import OWNER
    from bridge.store.beside import folder_of
    from bridge.tokens import hook_path
    from bridge.upstream.call import Credentials, Wire
    from bridge.upstream.client import Client
    from bridge.upstream.deadline import Deadline
    from bridge.upstream.public import try_address
    from bridge.upstream.transport import BoundedAdapter

    config = read_config()
    config = replace(config, public_url=phone_address(config, read_store()))
    wire = Wire(BoundedAdapter(), config.upstream_url, now)
    deadline = Deadline.after(config.upstream_budget_s)  # for all checks together

    def client(athlete_id: str) -> Client:
        key = config.api_key or api_key_of(config, read_store(), OWNER)
        return Client(wire, Credentials(key, athlete_id), deadline)

    def reach(address: str) -> str:
        ours, adapter = read_store().facts.instance_id(), BoundedAdapter()
        is_running = try_address(config.listening_at, ours, adapter) == "ours"
        return try_address(address, ours, adapter) if is_running else "untried"

    vantage = Vantage(reach, at_server=True)
    checks = check_all(config, client, now(), ENGLISH, vantage)
    dropped = DroppedSet(folder_of(config.database_url) / SIGNED, now)
    checks += check_signed(config, dropped, ENGLISH)
    channels = read_store().outbox.channels(OWNER)
    checks += check_channels(channels, now(), ENGLISH)
    if config.webhook_secret:
        facts = read_store().facts
        owner_id = facts.owner_id() if config.athlete_id == "0" else config.athlete_id
        last_at = facts.webhook_at()
        checks.append(check_webhook(ENGLISH, now(), last_at, owner_id))
        click.echo(f"Webhooks: {config.address}{hook_path(config.secret_keys)}")
    for check in sorted(checks, key=lambda check: _ORDER[check.result]):
        setting = f" ({check.setting})" if check.setting else ""
        sign = click.style(_SIGNS[check.result], fg=_COLOURS[check.result])
        click.echo(f"{sign}  {for_the_eye(check.text)}{setting}")
    results = [check.result for check in checks]
    worst: Result = "problem" if "problem" in results else "warning"
    if results.count(worst) != 1:  # a single one was told in full just above
        click.echo(for_the_eye(say_checks(checks, ENGLISH)))
    sys.exit(any(check.result == "problem" for check in checks))


def _read_request(text: str) -> None:
    from bridge.domain.doctor.request import explain_request

    report = explain_request(text)
    if len(report.findings) != 1:  # a single one speaks for itself
        click.echo(f"{for_the_eye(report.summary)}\n")
    for finding in report.findings:
        click.echo(finding.what)
        click.echo(f"  seen: {finding.how_seen}\n  do:   {finding.fix}\n")
    if report.corrected_curl:
        click.echo(f"Try this, with your key filled in:\n{report.corrected_curl}\n")
    for note in report.notes:
        click.echo(f"{note}\n")
