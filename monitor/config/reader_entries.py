"""Who is told what changed, in config.yaml: readers, the channels to them, what they want and when."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field, model_validator

from monitor.config.addresses import MAIL_SCHEMA, dns_label, https, kind_of_finding, mail_address
from monitor.config.amounts import SIZE_SCHEMA, size
from monitor.config.places import ADDRESS_SCHEMA, FILE_SCHEMA, HOST_SCHEMA, ID_SCHEMA, address, host, named, page_id
from monitor.config.request_entries import Env, File, LoginEntry
from monitor.config.shapes import Alone, Entry, OneOrMore, Text
from monitor.config.times import HOURS_SCHEMA, SCHEDULES, hours
from monitor.config.values import Cron, Every, MailPort, Times, Words, YesOrNo, Zone
from monitor.model.reader import Security

Address = Annotated[str, Text(mail_address, MAIL_SCHEMA)]
Lowest = Literal["routine", "notable", "alert"]
Hours = Annotated[tuple[str, str], Text(hours, HOURS_SCHEMA)]


class DkimEntry(Entry):
    NEEDED: ClassVar[tuple[str, ...]] = ("key_env", "key_file")

    selector: Annotated[str, Text(dns_label)] = Field(description="the name before ._domainkey in the sender's domain")
    key_env: Env | None = Field(None, description="the environment variable that holds the private key, as PEM")
    key_file: File | None = Field(None, description="the file that holds the private key, as PEM")


class SmtpEntry(Entry):
    """How mail is sent, to one reader or to all."""

    sender: Address | None = Field(None, alias="from", description="the address it comes from")
    server: Annotated[str, Text(host, HOST_SCHEMA)] | None = Field(None, description="the mail server that takes it")
    port: MailPort | None = Field(None, description="the server's port; 587 without it, 465 with tls, 25 with none")
    security: Security = Field("starttls", description="how the connection is secured: starttls, tls or none")
    login: LoginEntry | None = Field(None, description="name and password for the server")
    ca_file: File | None = Field(None, description="root certificates trusted beside the usual ones, as PEM")
    unsubscribe: Annotated[str, Text(https, ADDRESS_SCHEMA)] | None = Field(
        None, description="the https address that takes a reader off at one click (RFC 8058); it needs dkim"
    )
    dkim: DkimEntry | None = Field(None, description="what it is signed with, where the server does not sign")
    most_bytes: Annotated[int, Text(size, SIZE_SCHEMA)] | None = Field(None, description="how large a mail may be")


class MailEntry(SmtpEntry):
    to: Annotated[list[Address], OneOrMore()] = Field(description="the addresses; each gets a mail of its own")


class FolderEntry(Entry):
    path: Annotated[str, Text(named("folder", "site"), FILE_SCHEMA)] = Field(description="the folder")
    url: Annotated[str, Text(address, ADDRESS_SCHEMA)] | None = Field(None, description="the address it is served at")


class WebhookEntry(Entry):
    NEEDED: ClassVar[tuple[str, ...]] = ("secret_env", "secret_file")

    url: Annotated[str, Text(address, ADDRESS_SCHEMA)] = Field(description="the address that takes JSON")
    secret_env: Env | None = Field(None, description="the environment variable that holds what it is signed with")
    secret_file: File | None = Field(None, description="the file that holds what it is signed with")
    key: Annotated[str, Text(dns_label)] = Field("1", description="what its receiver calls that secret")


class AppriseEntry(Entry):
    NEEDED: ClassVar[tuple[str, ...]] = ("url_env", "url_file")

    url_env: Env | None = Field(None, description="the environment variable that holds the address, as apprise has it")
    url_file: File | None = Field(None, description="the file that holds the address, as apprise has it")


class ChoiceEntry(Entry):
    """All that stands in it must hold; of a list, one."""

    kind: Annotated[list[Annotated[str, Text(kind_of_finding)]], OneOrMore()] = Field(
        [], description="findings of that kind: item.withdrawn, or item.* for all that begin so"
    )
    page: Words = Field([], description="findings on that page: its id")
    words: Words = Field([], description="findings that mention one of these; sanction* is any word that begins so")

    @model_validator(mode="after")
    def _is_a_choice(self) -> ChoiceEntry:
        if not (self.kind or self.page or self.words):
            raise ValueError("chooses all there is; write kind, page or words")
        return self


Choices = Annotated[list[ChoiceEntry], OneOrMore()]


class ReaderEntry(Entry):
    ONE_OF: ClassVar[tuple[tuple[str, ...], ...]] = (SCHEDULES,)

    id: Annotated[str, Text(page_id, ID_SCHEMA)] = Field(description="the reader's short name: letters, digits, . - _")
    mail: Annotated[MailEntry | None, Alone("to", may_be_many=True)] = Field(None, description="told by mail")
    folder: Annotated[FolderEntry | None, Alone("path")] = Field(None, description="told in a folder, or static site")
    webhook: WebhookEntry | None = Field(None, description="told as signed JSON, by a request to an address")
    apprise: AppriseEntry | None = Field(None, description="told by a service that apprise knows")
    stdout: YesOrNo = Field(False, description="told on the standard output of what delivers")
    pages: Words = Field([], description="the pages to be told of: their ids; all without pages, tags and tell")
    tags: Words = Field([], description="the same by what the pages are tagged with")
    lowest: Lowest = Field("notable", description="what is told at least: routine, notable or alert")
    at_once: Literal["notable", "alert", "never"] = Field(
        "never", description="what does not wait for the digest: alert, notable or never"
    )
    every: Every | None = Field(None, description="how often the digest goes out")
    at: Times = Field([], description='the times of the day at which it goes out: "07:30"')
    cron: Cron | None = Field(None, description="when it goes out, as cron has it")
    zone: Zone = Field("UTC", description="the reader's time zone")
    quiet: Hours | None = Field(None, description="the hours in which nothing is sent: 22:00-07:00")
    empty: YesOrNo = Field(False, description="whether a digest without findings is sent")
    raised: Choices = Field([], alias="raise", description="findings that are alerts for this reader")
    mute: Choices = Field([], description="findings that this reader is not told of; raise goes before")
