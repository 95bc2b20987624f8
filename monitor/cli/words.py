"""What each command is called, what it takes, what it says of itself, and how it may end. Data alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from monitor.report import (
    DIGEST_RENDERERS,
    EXPLANATION_RENDERERS,
    READING_RENDERERS,
    RENDERERS,
    SCHEMAS,
    STORY_RENDERERS,
)

CONFIG = "config.yaml"  # of the working directory
DONE, CHANGED, FAILED, INTERRUPTED = 0, 1, 2, 130  # exit statuses
ABOUT = "Say what changed on a web page, and what the change means."
EXAMPLE = "monitor compare page-july.html page-august.html"

_SNAPSHOT = "a file, - (standard input) or PAGE@DATE"


class Option(NamedTuple):
    """An option: its names, what it is for, and the word for its value; without one it is on or off."""

    names: tuple[str, ...]
    about: str
    value: str | None = None
    default: str | None = None


class Command(NamedTuple):
    """A command: `call` is the function that does it, `arguments` are names → what they are.

    "[NAME]" may be left out, "NAME..." may be given several times. `formats` are what --format may name.
    """

    about: str
    example: str
    call: str
    arguments: dict[str, str]
    formats: Sequence[str] = ()
    options: Sequence[Option] = ()


_PAGE = Option(("--page",), "Read by the rules of that page in config.yaml.", "ID")
_CONFIG = Option(("--config",), f"The config with the page's rules. Default: {CONFIG}.", "FILE", CONFIG)
_REPORTS = Option(("--reports",), "The folder of the reports. Default: the config's, else reports.", "FOLDER")
_STORE = Option(("--store",), "The folder of the snapshots. Default: the config's, else snapshots.", "FOLDER")

COMMANDS = {
    "compare": Command(
        about="Compare two snapshots of a page and report what changed.",
        example="monitor compare july.html august.html --format html --output report.html",
        call="monitor.cli.comparing:compare",
        arguments={"A": f"the earlier snapshot: {_SNAPSHOT}", "B": "the later snapshot, named likewise"},
        formats=tuple(RENDERERS),
        options=(
            Option(("--history",), "The page's other captures: earlier ones tell what is routine here.", "FOLDER"),
            _PAGE,
            _CONFIG,
            _STORE,
            Option(("--exit-code",), "Exit with 1 if something changed or a capture is suspect."),
        ),
    ),
    "read": Command(
        about="Show what a snapshot says, taken apart: date, counters, lead, lists …",
        example="monitor read august.html --format json",
        call="monitor.cli.comparing:read",
        arguments={"A": f"the snapshot: {_SNAPSHOT}"},
        formats=tuple(dict.fromkeys((*READING_RENDERERS, *EXPLANATION_RENDERERS))),
        options=(
            _PAGE,
            _CONFIG,
            _STORE,
            Option(("--explain",), "Show each block of A, what it became and why."),
            Option(("--html",), "With --explain: as a page; the same as --format html."),
        ),
    ),
    "add": Command(
        about="Show what is read of a page, and propose its entry in config.yaml.",
        example="monitor add https://ferry.example.org/news --write",
        call="monitor.cli.watching:add",
        arguments={"URL": "the page's address"},
        options=(
            Option(("--id",), "The page's short name. Default: made of the address.", "ID"),
            Option(("--private",), "Its host is on a private network, and that is meant."),
            Option(("--write",), "Put the entry into the config; all else there stays as it is."),
            _CONFIG,
            _STORE,
        ),
    ),
    "capture": Command(
        about="Put a capture of each page of config.yaml into the store.",
        example="monitor capture rusemb-uk",
        call="monitor.cli.watching:capture",
        arguments={"[PAGE...]": "the pages; without one, all that have a url"},
        options=(_CONFIG, _STORE),
    ),
    "check": Command(
        about="Capture pages, compare, write reports: the one command for cron.",
        example="monitor check --config /etc/monitor/config.yaml",
        call="monitor.cli.watching:check",
        arguments={"[PAGE...]": "the pages; without one, all that have a url"},
        options=(_CONFIG, _STORE, _REPORTS),
    ),
    "run": Command(
        about="Watch the pages of config.yaml on their schedules, until stopped.",
        example="monitor run --config config.yaml --log json",
        call="monitor.cli.running:run",
        arguments={},
        options=(
            Option(("--log",), "auto, text, json or journal. Default: auto, journal under systemd.", "STYLE", "auto"),
            Option(("--patience",), "How long what is at work may take when stopped. Default: 30.", "SECONDS", "30"),
            _CONFIG,
            _STORE,
            _REPORTS,
        ),
    ),
    "import": Command(
        about="Put captures that you have, or that an archive has, into the store.",
        example="monitor import seeds --page rusemb-uk",
        call="monitor.cli.storing:import_",
        arguments={"[PATH...]": "files, folders with files, WARC and WACZ files"},
        options=(
            Option(("--git",), "A file of a git repository: each commit that changed it is a capture.", "REPO:PATH"),
            Option(("--memento",), "What a web archive holds of this address.", "URL"),
            Option(("--archive",), "The address below which it replays. Default: the Internet Archive.", "URL"),
            Option(("--page",), "The page that they show: its id in config.yaml, or a new one.", "ID"),
            Option(("--at",), "When the one file was captured: ISO 8601, UTC where it names no offset.", "TIME"),
            Option(("--url",), "The address that they are captures of. Default: the config's.", "URL"),
            _CONFIG,
            _STORE,
        ),
    ),
    "list": Command(
        about="List the pages of the store, or what changed at each capture of one.",
        example="monitor list rusemb-uk",
        call="monitor.cli.storing:list_",
        arguments={"[PAGE]": "the page whose captures to list"},
        options=(
            Option(("--findings",), "Of a page: also what was found at each capture, with its id for monitor ack."),
            _CONFIG,
            _STORE,
        ),
    ),
    "show": Command(
        about="Print a capture of the store: its bytes, or the text in them.",
        example="monitor show rusemb-uk@2020-07-04 > page.txt",
        call="monitor.cli.storing:show",
        arguments={"PAGE@DATE": "the capture: a date, with a time where needed, latest, previous or first"},
        options=(
            Option(("--text",), "Print what the page says, a line for each block of text."),
            Option(("-o", "--output"), "Write it to FILE, whole or not at all.", "FILE"),
            _CONFIG,
            _STORE,
        ),
    ),
    "history": Command(
        about="Tell the story of a page over all its captures.",
        example="monitor history rusemb-uk --output reports/history.html",
        call="monitor.cli.storing:history",
        arguments={"PAGE": "the page, as monitor list names it"},
        formats=tuple(STORY_RENDERERS),
        options=(
            Option(("--all",), "Tell all, however long; without it long rows are cut and counted."),
            _CONFIG,
            _STORE,
        ),
    ),
    "digest": Command(
        about="Tell what was found on all pages in a time, the gravest first.",
        example="monitor digest --since yesterday --output digest.html",
        call="monitor.cli.digesting:digest",
        arguments={},
        formats=tuple(DIGEST_RENDERERS),
        options=(
            Option(("--since",), "yesterday, today, a day, a time, or PAGE@DATE. Default: the last digest.", "WHEN"),
            Option(("--until",), "Likewise; a day is told to its end. Default: now.", "WHEN"),
            Option(("--reader",), "As this reader of the config is to be told it.", "ID"),
            Option(("--tag",), 'Only pages with this tag, or one of several: a,b (one with a comma: "a,b").', "TAG"),
            Option(("--all",), "Leave nothing out, however long it gets."),
            Option(("--preview",), "Write what the reader would be sent, and send nothing."),
            Option(("--send",), "Send it to the reader by the channels of the config."),
            _CONFIG,
            _STORE,
        ),
    ),
    "outbox": Command(
        about="List what is to be sent and what became of it; send again, or drop.",
        example="monitor outbox --resend 3f9c1a2b",
        call="monitor.cli.posting:outbox",
        arguments={},
        options=(
            Option(("--resend",), "Have this delivery sent, or sent again under the same key.", "ID"),
            Option(("--drop",), "Have this delivery not sent any more.", "ID"),
            _CONFIG,
            _STORE,
        ),
    ),
    "deliver": Command(
        about="Send what is due in the outbox.",
        example="monitor deliver --test desk",
        call="monitor.cli.posting:deliver",
        arguments={},
        options=(
            Option(("--test",), "Send this reader of the config a sample first.", "READER"),
            _CONFIG,
            _STORE,
        ),
    ),
    "ack": Command(
        about="Note that a finding was dealt with: no digest tells it again.",
        example='monitor ack 3f9c1a2b --note "asked them: a mistake of theirs"',
        call="monitor.cli.posting:ack",
        arguments={"FINDING": "its id, or the beginning of it, as monitor list PAGE --findings shows it"},
        options=(Option(("--note",), "What there is to say of it; the history shows it.", "TEXT"), _CONFIG, _STORE),
    ),
    "accept": Command(
        about="Take a suspect capture for its page's new form.",
        example="monitor accept rusemb-uk",
        call="monitor.cli.watching:accept",
        arguments={"PAGE": "the page, whose newest capture is meant, or PAGE@DATE"},
        options=(_CONFIG, _STORE),
    ),
    "export": Command(
        about="Hand captures over as a WACZ file, with what proves them.",
        example="monitor export rusemb-uk --wacz rusemb-uk.wacz",
        call="monitor.cli.storing:export",
        arguments={"[PAGE...]": "the pages whose captures to export; all pages if left out"},
        options=(
            Option(("--wacz",), "Write the package to FILE, whole or not at all.", "FILE"),
            Option(("--memory",), "Write what the catalogue alone remembers to FILE, as JSON Lines.", "FILE"),
            _CONFIG,
            _STORE,
        ),
    ),
    "verify": Command(
        about="Read the whole store again, and name what is not as it was written.",
        example="monitor verify --timestamp --authority https://stamps.example --ca-file root.pem",
        call="monitor.cli.storing:verify",
        arguments={},
        options=(
            Option(("--head",), "The hash of a line that you kept: the ledger must still have it.", "HASH"),
            Option(("--timestamp",), "Where nothing is wrong, have an authority sign the newest line."),
            Option(("--authority",), "The time-stamp authority to ask. Default: the config's.", "URL"),
            Option(("--ca-file",), "The root certificate of who signed, as PEM. Default: the config's.", "FILE"),
            _CONFIG,
            _STORE,
        ),
    ),
    "prune": Command(
        about="Take out the captures that config.yaml does not keep.",
        example="monitor prune --dry-run",
        call="monitor.cli.storing:prune",
        arguments={"[PAGE...]": "the pages to prune; without one, all that have a keep"},
        options=(Option(("--dry-run",), "Name what would be taken out, and take out nothing."), _CONFIG, _STORE),
    ),
    "reindex": Command(
        about="Make the index of the catalogue anew, from the store's files.",
        example="monitor reindex",
        call="monitor.cli.storing:reindex",
        arguments={},
        options=(_CONFIG, _STORE),
    ),
    "config": Command(
        about="Say what is wrong in config.yaml, or what may stand in it.",
        example="monitor config check config.yaml",
        call="monitor.cli.describing:config",
        arguments={
            "ACTION": "check: a line for each problem; schema: a JSON Schema, for editors",
            "[FILE]": "the config to check, config.yaml if left out",
        },
    ),
    "schema": Command(
        about="Print the JSON Schema of a result.",
        example="monitor schema comparison > comparison.schema.json",
        call="monitor.cli.describing:schema",
        arguments={"NAME": " or ".join(SCHEMAS)},
    ),
}
