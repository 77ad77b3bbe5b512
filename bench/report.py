"""The aims, the sentences for those that are missed, and the file they make. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

BODIES = ("wellness", "latest", "laps", "brief")


@dataclass(frozen=True)
class Aim:
    """One row of the results.

    ``least`` and ``most`` bound the ratio of its figure to what stands beside it; a
    row without either is there to compare. ``why`` names its sentence in
    :data:`WHY`.
    """

    name: str
    section: str
    what: str
    aim: str = ""
    least: float | None = None
    most: float | None = None
    why: str = ""


@dataclass(frozen=True)
class Figure:
    """What was measured for an aim; without a ratio it was not, and ``value`` says why.

    ``value`` and ``beside`` are written with their units.
    """

    aim: str
    value: str
    beside: str = ""
    ratio: float | None = None


@dataclass(frozen=True)
class Section:
    """A heading, and what is said beneath it."""

    name: str
    title: str
    about: str


SECTIONS = (
    Section(
        "side",
        "Side by side",
        "Requests that one CPU second of the server answers. Only the server's CPU is "
        "counted, so that whoever else works on the machine hardly counts. One core "
        "for the server, another for load and upstream; 16 connections, rounds by "
        "turns; gunicorn with 32 threads, uvicorn, node, nginx. The same bodies of "
        "upstream (nginx, no delay); no budget and no merging of equal questions. "
        "*Cached* was asked before, within the minute; *uncached* is worked out anew "
        "(`refresh=yes`, which every few seconds reads the settings too). *Unlike*: "
        "asked in another head each time (a trace id), so that no answer is one that "
        "was given within the second to the same bytes: what one phone at a time "
        "costs is nearer to that. The bridge "
        "checks a token, its revocation and its scope, the others nothing. On granian "
        "it is measured to compare: as a product it is refused, since half bodies "
        "stop it ([decisions](../docs/decisions.md)).",
    ),
    Section(
        "far",
        "Upstream 150 ms away",
        "Milliseconds that a phone waits, over a connection of its own. No budget and "
        "no merging of equal questions, but for the row that says so: fifty (and two "
        "hundred) phones ask the same each in headers of its own; one that is let in "
        "after another was answered may be given what is kept. *The settings "
        "kept*: what the question needs is asked of upstream, the athlete's settings "
        "were read before. *refresh=yes*: these are read anew as well. *The first "
        "ever*: an empty database, nothing known.",
    ),
    Section(
        "wire",
        "Over TLS, and within the limit",
        "The first call after a pause is one on a new connection, since an idle one "
        "is not used again after a minute; the authorities are certifi's and one of "
        "our own, `requests.get` trusts the same. The limit is the product's, ten "
        "calls a second; what is counted is what upstream received.",
    ),
    Section(
        "machine",
        "A small machine",
        "From starting gunicorn to the answer, by turns with bare Flask + requests "
        "(upstream without a delay). Memory is that of the worker alone; the mixed "
        "requests are kept and worked out anew, in four languages, lists, CSV, "
        "refusals and records that are missing.",
    ),
)


def _of_side() -> Iterable[Aim]:
    for body in BODIES:
        yield Aim(
            f"cached {body}",
            "side",
            f"{body}, cached, gunicorn ÷ bare Flask hello",
            "at least 0.9",
            least=0.9,
            why="cached, on gunicorn",
        )
        yield Aim(f"unlike {body}", "side", f"{body}, cached, each head unlike")
    for body in BODIES:
        yield Aim(
            f"granian express {body}",
            "side",
            f"{body}, cached, granian ÷ Express",
            "at least 1",
            least=1.0,
            why="cached, on granian beside Express",
        )
    for body in BODIES:
        yield Aim(
            f"granian nginx {body}",
            "side",
            f"{body}, cached, granian ÷ nginx proxy_cache",
            "at least ⅓",
            least=1 / 3,
            why="cached, on granian beside nginx",
        )
    for body in BODIES:
        yield Aim(
            f"naive {body}",
            "side",
            f"{body}, uncached ÷ naive Flask",
            "at least 1.5",
            least=1.5,
            why="uncached",
        )
        yield Aim(
            f"fastapi {body}",
            "side",
            f"{body}, uncached ÷ FastAPI + httpx",
            "at least 1",
            least=1.0,
            why="uncached",
        )
        yield Aim(f"express {body}", "side", f"{body}, uncached ÷ Express")
    yield Aim(
        "cpu latest",
        "side",
        "latest, uncached: CPU in process",
        "at most 1.2 ms",
        most=1.0,
        why="CPU of one answer",
    )
    yield Aim(
        "cpu brief",
        "side",
        "brief, uncached: CPU in process",
        "at most 3 ms",
        most=1.0,
        why="CPU of one answer",
    )


AIMS = (
    *_of_side(),
    Aim(
        "brief kept settings",
        "far",
        "brief, the settings kept",
        "at most 1.05",
        most=1.05,
        why="brief beside one call",
    ),
    Aim(
        "brief refreshed",
        "far",
        "brief, refresh=yes",
        "at most 1.05",
        most=1.05,
        why="brief beside one call",
    ),
    Aim("brief first", "far", "brief, the first ever"),
    Aim("latest kept settings", "far", "latest, the settings kept"),
    Aim("latest refreshed", "far", "latest, refresh=yes"),
    Aim("brief again", "far", "brief, asked again within the minute"),
    Aim(
        "phones p50",
        "far",
        "50 phones at once, p50",
        "at most direct + 8 ms",
        most=1.0,
        why="fifty phones at once",
    ),
    Aim(
        "phones p95",
        "far",
        "50 phones at once, p95",
        "at most 1.2 × direct",
        most=1.2,
        why="fifty phones at once",
    ),
    Aim(
        "phones merged p95",
        "far",
        "50 phones at once, p95, limit on, equal questions merged",
    ),
    Aim(
        "two hundred",
        "far",
        "200 phones at once: answered otherwise than well",
        "none",
        most=0.0,
        why="two hundred at once",
    ),
    Aim(
        "tls",
        "wire",
        "CPU of the first call after a pause",
        "at most 5 ms",
        most=1.0,
        why="TLS after a pause",
    ),
    Aim(
        "limit",
        "wire",
        "eight who refresh without end, two processes: most calls in any second",
        "at most 10",
        most=1.0,
        why="ten calls a second",
    ),
    Aim(
        "identical 1",
        "wire",
        "200 identical requests, cold, one process: most calls for one question",
        "1",
        most=1.0,
        why="identical requests",
    ),
    Aim(
        "identical 4",
        "wire",
        "200 identical requests, cold, four processes: most calls for one question",
        "1",
        most=1.0,
        why="identical requests",
    ),
    Aim(
        "cold start",
        "machine",
        "cold start, to /healthz",
        "at most 1.8",
        most=1.8,
        why="cold start",
    ),
    Aim("cold answer", "machine", "cold start, to the latest activity worked out"),
    Aim(
        "memory",
        "machine",
        "memory of a worker after 10,000 mixed requests",
        "at most 80 MB",
        most=1.0,
        why="memory",
    ),
    Aim(
        "growth",
        "machine",
        "its growth from the 5,000th to the 10,000th",
        "none: at most 1 %",
        most=1.01,
        why="growth",
    ),
    Aim(
        "memory drawn",
        "machine",
        "memory of a worker that has drawn",
        "at most 130 MB",
        most=1.0,
        why="memory",
    ),
    Aim(
        "drawing",
        "machine",
        "a kept brief while four pictures are drawn, p95",
        "at most 1.5",
        most=1.5,
        why="an answer while pictures are drawn",
    ),
    Aim(
        "bytes",
        "machine",
        "bytes to the phone, latest",
        "at most 0.01",
        most=0.01,
        why="bytes to the phone",
    ),
    Aim(
        "suite",
        "machine",
        "`make test` on two cores",
        "at most 5 minutes",
        most=1.0,
        why="make test",
    ),
)

# Why an aim is missed and what it would take: said only of those that are missed, of
# this run or another. No figures: they would be of another run.
WHY = {
    "cached, on gunicorn": (
        "The answer itself is the smaller part of what a request costs: most is the "
        "way before and after it. gunicorn's is Python, and a Flask hello pays for it "
        "too; on top of that the bridge reads each request whole before anybody works "
        "on it, so that a slow client holds no thread, compares token, revocation, "
        "scope, writes, settings and day, notes the use of the device, and words a "
        "line of the access log, none of which a hello does. It would take a server "
        "whose HTTP parser is not Python's; granian has one, and lets half bodies "
        "stop it."
    ),
    "cached, on granian beside Express": (
        "Express gives what is kept on its own loop and checks nothing; on granian "
        "each answer goes to a Python thread and back, with a WSGI environment made "
        "for it, and is checked. It would take giving it again without WSGI, as the "
        "loop of our gunicorn worker does."
    ),
    "cached, on granian beside nginx": (
        "nginx hands a file out of its cache from C and asks nobody whose it is. Of "
        "the bridge on granian what remains is Python: the WSGI environment, the "
        "token, how things stand, the note of the use. It would take a front in "
        "another language that knows tokens and their revocation. nginx's own cache "
        "in front of the bridge is no way: it would answer a device that was revoked."
    ),
    "uncached": (
        "The peers pass on one body with a few fields renamed. The bridge holds the "
        "latest session against the six weeks before it (one more call), seals each "
        "body and keeps it for when upstream is away, notes health and freshness for "
        "all workers, writes the sentence, and gives every number its `…_text`. It "
        "would take leaving some of that out, or an HTTP client that is not Python's. "
        "Express is ahead of everything in Python by its HTTP client and server "
        "alone: to pass it would take another language."
    ),
    "CPU of one answer": (
        "About half of it is the way to upstream and back (requests and urllib3, "
        "sealing, what is noted for all workers), half is what is made of the bodies: "
        "flattening, comparing, the sentence, the `…_text`s. It would take an HTTP "
        "client without the models of requests, and bodies with fewer rows: six weeks "
        "of sessions are read for one comparison, sixty nights for another."
    ),
    "brief beside one call": (
        "Its calls go out together, with `refresh=yes` the settings as well; what is "
        "above one call is the CPU of the answer, before the calls and after them. It "
        "would take that within a twentieth of the call: 7 ms, with threads and "
        "sockets."
    ),
    "fifty phones at once": (
        "As many as there are threads are let in together, and their answers are "
        "worked out one after another in one process: a phone waits for the CPU of "
        "those before it, and the last ones for a thread. As it is served equal "
        "questions are merged (the row to compare), which these rows forbid. It would "
        "take an answer of a third of a millisecond, or more cores and a process for "
        "each."
    ),
    "two hundred at once": (
        "Who waits for a thread longer than an answer may take is told so. It would "
        "take a longer patience, or shorter answers."
    ),
    "ten calls a second": (
        "The budget is kept when a call is let go, upstream counts when it arrives: "
        "a process that is held up between the two lets calls of two seconds arrive "
        "in one. It would take a budget with some room for that."
    ),
    "cold start": (
        "Flask is a part of what is imported before the first answer, the rest is "
        "ours: its types, its routes, SQLAlchemy, and the database that is looked at "
        "before the first worker. It would take importing less before it answers, "
        "or no database library."
    ),
    "memory": (
        "The libraries alone take sixty of it (Flask 20 MB, SQLAlchemy 14, "
        "cryptography 7, requests 6, Python itself 11); then come our own code, the "
        "number formats of four languages and what is kept (a few megabytes at most). "
        "The threads share one arena of memory already, which saves ten. It would take "
        "fewer libraries: SQLite without SQLAlchemy, for one."
    ),
    "growth": (
        "It levels off and does not end at once: threads meet their largest answer "
        "late, and the allocator keeps what it once had. It would take giving pages "
        "back after large answers (`malloc_trim`), at some milliseconds each."
    ),
    "an answer while pictures are drawn": (
        "Pictures are drawn in a process of their own, at a lower priority, yet on "
        "two cores they share them with who asks and who measures. It would take a "
        "core more, or drawing one after another."
    ),
}


def report(
    figures: Sequence[Figure],
    more: Mapping[str, str],
    made: str,
    why: Mapping[str, str] = WHY,
) -> str:
    """Return the results as Markdown: every aim has a row.

    Parameters
    ----------
    figures
        One for each aim of each section that is shown.
    more
        What a section shows beneath its aims, by its name; only the sections named
        here are shown.
    made
        How and where this was measured.
    why
        Sentences for the aims that are missed.

    Raises
    ------
    ValueError
        If an aim has no figure, or a figure no aim.
    """
    by_aim = {figure.aim: figure for figure in figures}
    aims = [aim for aim in AIMS if aim.section in more]
    if {aim.name for aim in aims} != set(by_aim):
        odd = sorted({aim.name for aim in aims} ^ set(by_aim))
        raise ValueError(f"figures and aims differ: {', '.join(odd)}")
    lines = ["# What was measured", "", made, "", _count(aims, by_aim)]
    for section in SECTIONS:
        if section.name not in more:
            continue
        ours = [aim for aim in aims if aim.section == section.name]
        lines += ["", f"## {section.title}", "", section.about, ""]
        lines += ["| what | figure | beside it | ratio | aim | |"]
        lines += ["| --- | --- | --- | --- | --- | --- |"]
        lines += [_row(aim, by_aim[aim.name]) for aim in ours]
        if more[section.name]:
            lines += ["", more[section.name]]
        said = dict.fromkeys(aim.why for aim in missed(ours, figures))
        if said:
            lines += ["", "Why these are missed, and what it would take:", ""]
            lines += [f"- *{name}*: {why.get(name, NO_SENTENCE)}" for name in said]
    return "\n".join(lines) + "\n"


NO_SENTENCE = "**no sentence yet** (`WHY` in `bench/report.py`)."


def missed(aims: Iterable[Aim], figures: Iterable[Figure]) -> list[Aim]:
    """Return the aims whose ratio is beyond their bound."""
    ratios = {figure.aim: figure.ratio for figure in figures}
    return [aim for aim in aims if is_met(aim, ratios.get(aim.name)) is False]


def unexplained(figures: Iterable[Figure], why: Mapping[str, str] = WHY) -> list[str]:
    """Return the aims that are missed and have no sentence."""
    return [aim.name for aim in missed(AIMS, figures) if not why.get(aim.why)]


def is_met(aim: Aim, ratio: float | None) -> bool | None:
    """Tell whether an aim is met; None where nothing is aimed at or was measured."""
    if ratio is None or (aim.least is None and aim.most is None):
        return None
    is_enough = aim.least is None or ratio >= aim.least
    return is_enough and (aim.most is None or ratio <= aim.most)


def _count(aims: Sequence[Aim], by_aim: Mapping[str, Figure]) -> str:
    said = [is_met(aim, by_aim[aim.name].ratio) for aim in aims]
    bound = [aim for aim in aims if (aim.least, aim.most) != (None, None)]
    unmeasured = len(bound) - said.count(True) - said.count(False)
    return (
        f"Of {len(bound)} aims {said.count(True)} are met, {said.count(False)} are "
        f"not; not measured in this run: {unmeasured}."
    )


def _row(aim: Aim, figure: Figure) -> str:
    ratio = "" if figure.ratio is None else _short(figure.ratio)
    parts = (aim.what, figure.value, figure.beside, ratio, aim.aim)
    return f"| {' | '.join(parts)} | {_verdict(aim, figure.ratio)} |"


def _verdict(aim: Aim, ratio: float | None) -> str:
    if (aim.least, aim.most) == (None, None):
        return "to compare"
    if ratio is None:
        return "not measured"
    if is_met(aim, ratio):
        return "met"
    bound = aim.least if aim.most is None else aim.most
    if not bound:
        return "**not met**"
    how = "times" if aim.least is None else "of"
    return f"**not met**: {ratio / bound:.2f} {how} it"


def _short(number: float) -> str:
    """Return a number with three digits that count, without an exponent."""
    return f"{number:.4f}" if 0 < number < 0.1 else f"{number:.2f}"
