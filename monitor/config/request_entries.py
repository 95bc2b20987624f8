"""How a page is asked for, in config.yaml: what is sent along, the limits of what comes back, a browser, hosts."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field, model_validator

from monitor.config.amounts import DURATION_SCHEMA, SIZE_SCHEMA, duration, size, whole, whole_schema
from monitor.config.places import ADDRESS_SCHEMA, FILE_SCHEMA, HOST_SCHEMA, SELECTOR_SCHEMA, element, host, named
from monitor.config.sent import (
    ENV_SCHEMA,
    NAME_SCHEMA,
    cookie_name,
    cookie_value,
    env_name,
    header_name,
    header_value,
    open_value,
    proxy,
    user,
)
from monitor.config.shapes import Entry, OneOrMore, Text
from monitor.config.values import YesOrNo
from monitor.model.request import CONNECT, MOST_BYTES, READ, WHOLE

Env = Annotated[str, Text(env_name, ENV_SCHEMA)]
File = Annotated[str, Text(named("file", "secret.txt"), FILE_SCHEMA)]
Wait = Annotated[float, Text(duration("30s", "100ms", "1h"), DURATION_SCHEMA)]
Host = Annotated[str, Text(host, HOST_SCHEMA)]
User = Annotated[str, Text(user)]
Proxy = Annotated[str, Text(proxy, ADDRESS_SCHEMA)]
Pixels = Annotated[int, Text(whole(200, 10_000), whole_schema(200, 10_000))]
Element = Annotated[str, Text(element, SELECTOR_SCHEMA)]

_VALUES = ("value", "value_env", "value_file")


class HeaderEntry(Entry):
    NEEDED: ClassVar[tuple[str, ...]] = _VALUES

    name: Annotated[str, Text(header_name, NAME_SCHEMA)] = Field(description="the header's name")
    value: Annotated[str, Text(header_value)] | None = Field(None, description="its value, where that is no secret")
    value_env: Env | None = Field(None, description="the environment variable that holds its value")
    value_file: File | None = Field(None, description="the file that holds its value")

    @model_validator(mode="after")
    def _is_no_secret(self) -> HeaderEntry:
        open_value(self.name, self.value)
        return self


class CookieEntry(Entry):
    NEEDED: ClassVar[tuple[str, ...]] = _VALUES

    name: Annotated[str, Text(cookie_name, NAME_SCHEMA)] = Field(description="the cookie's name")
    value: Annotated[str, Text(cookie_value)] | None = Field(None, description="its value, where that is no secret")
    value_env: Env | None = Field(None, description="the environment variable that holds its value")
    value_file: File | None = Field(None, description="the file that holds its value")

    @model_validator(mode="after")
    def _is_no_secret(self) -> CookieEntry:
        open_value(self.name, self.value)
        return self


class LoginEntry(Entry):
    NEEDED: ClassVar[tuple[str, ...]] = ("password_env", "password_file")

    user: User = Field(description="the name to log in with")
    password_env: Env | None = Field(None, description="the environment variable that holds the password")
    password_file: File | None = Field(None, description="the file that holds the password")


class RequestEntry(Entry):
    IS_MERGED: ClassVar[bool] = True
    ONE_OF: ClassVar[tuple[tuple[str, ...], ...]] = (("proxy", "proxy_env", "proxy_file"),)

    headers: Annotated[list[HeaderEntry], OneOrMore()] = Field([], description="headers sent to the page's own host")
    cookies: Annotated[list[CookieEntry], OneOrMore()] = Field([], description="cookies sent to the page's own host")
    login: LoginEntry | None = Field(None, description="name and password for the page's own host (HTTP basic)")
    proxy: Proxy | None = Field(None, description="the proxy's address, without a password")
    proxy_env: Env | None = Field(None, description="the environment variable that holds the proxy's address")
    proxy_file: File | None = Field(None, description="the file that holds the proxy's address")
    ca_file: File | None = Field(None, description="root certificates trusted beside the usual ones, as PEM")
    user_agent: Annotated[str, Text(header_value)] | None = Field(None, description="what the program calls itself")
    robots: Literal["obey", "ignore"] = Field("obey", description="whether robots.txt is obeyed")
    most_bytes: Annotated[int, Text(size, SIZE_SCHEMA)] = Field(MOST_BYTES, description="how large the page may be")
    connect: Wait = Field(CONNECT, description="how long connecting may take")
    read: Wait = Field(READ, description="how long the server may be silent")
    whole: Wait = Field(WHOLE, description="how long it all may take, redirects and retries too")


class BrowserEntry(Entry):
    IS_MERGED: ClassVar[bool] = True

    wait_for: Element | None = Field(None, description="an element that must be there before the page is taken")
    dismiss: Annotated[list[Element], OneOrMore()] = Field([], description="what is clicked away first, if it is there")
    width: Pixels = Field(1280, description="the width of the window, in pixels")
    height: Pixels = Field(1024, description="the height of the window, in pixels")


class HostEntry(Entry):
    host: Host = Field(description="the host, with a port for that port alone")
    private: YesOrNo = Field(False, description="whether its addresses may be private ones, of this machine or network")
    pause: Annotated[float, Text(duration("2s", "0s", "1h"), DURATION_SCHEMA)] = Field(
        1.0, description="how long to wait between two requests"
    )
    parallel: Annotated[int, Text(whole(1, 100), whole_schema(1, 100))] = Field(
        1, description="how many requests may run at a time"
    )
