"""What the entries of config.yaml are made of: texts that become values, lists and keys that may be written short.

Each says of itself, for the JSON Schema, what may stand there. An editor sees numbers and booleans where the config
has texts, so the schemas take both.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import ClassVar, NamedTuple

from pydantic import (
    BaseModel,
    ConfigDict,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    ValidationInfo,
    field_validator,
    model_validator,
)
from pydantic.fields import FieldInfo
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from monitor.model.rules import shortened

ANY_TEXT: Mapping[str, object] = {"type": ["string", "number", "boolean"]}
YES = ("yes", "true", "on")
NO = ("no", "false", "off")
YES_OR_NO: Mapping[str, object] = {"enum": [*YES, *NO, True, False]}


class Entry(BaseModel):
    """A mapping of config.yaml; a key that it does not name is an error, a key without a value is one left out.

    `ONE_OF` are groups of keys of which at most one may stand, `NEEDED` those of which one must. `IS_MERGED` is whether
    a page's entry takes over, key by key, what the defaults have in theirs.
    """

    model_config = ConfigDict(extra="forbid", strict=True)
    ONE_OF: ClassVar[tuple[tuple[str, ...], ...]] = ()
    NEEDED: ClassVar[tuple[str, ...]] = ()
    IS_MERGED: ClassVar[bool] = False

    @model_validator(mode="before")
    @classmethod
    def _without_empty_keys(cls, found: object) -> object:
        if not isinstance(found, Mapping):
            return found
        optional = {key for key, field in cls.named_keys().items() if not field.is_required()}
        return {key: value for key, value in found.items() if value is not None or key not in optional}

    @field_validator("*", mode="after")
    @classmethod
    def _is_alone(cls, value: object, info: ValidationInfo) -> object:
        for each in cls.beside(str(info.field_name)):
            if info.data.get(each) not in (None, []):
                raise ValueError(f"{each} stands here too; keep one of them")
        return value

    @model_validator(mode="after")
    def _has_what_it_needs(self) -> Entry:
        if self.NEEDED and not any(each in self.model_fields_set for each in self.NEEDED):
            raise ValueError(f"is not whole; write {listed(self.NEEDED)} with it")
        return self

    @classmethod
    def named_keys(cls) -> dict[str, FieldInfo]:
        """What may stand in it, by the words of config.yaml, of which some are no names in Python (from, raise)."""
        return {field.alias or name: field for name, field in cls.model_fields.items()}

    @classmethod
    def beside(cls, key: str) -> tuple[str, ...]:
        """The keys of which none may stand beside that one."""
        groups = [group for group in (*cls.ONE_OF, cls.NEEDED) if key in group]
        return tuple(each for group in groups for each in group if each != key)


def listed(words: tuple[str, ...]) -> str:
    """ "a, b or c"."""
    return " or ".join(filter(None, (", ".join(words[:-1]), words[-1])))


class Text:
    """A text that `convert` makes a value of, or refuses with ValueError; `schema` is what an editor may find there."""

    def __init__(self, convert: Callable[[str], object], schema: Mapping[str, object] = ANY_TEXT) -> None:
        self.convert, self.schema = convert, schema

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_after_validator_function(self.convert, core_schema.str_schema(strict=True))

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return dict(self.schema)


class OneOrMore(NamedTuple):
    """A list whose only entry may stand without its dash."""

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_before_validator_function(_in_a_list, handler(source))

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        several = handler(core)
        return {"anyOf": [several["items"], several]}


def _in_a_list(value: object) -> object:
    return [value] if isinstance(value, str | Mapping) else value


class Alone(NamedTuple):
    """An entry that may be the value of that key by itself; a list of such where `may_be_many`."""

    key: str
    may_be_many: bool = False

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_before_validator_function(self._as_entry, handler(source))

    def _as_entry(self, value: object) -> object:
        is_alone = isinstance(value, str) or (self.may_be_many and isinstance(value, list))
        return {self.key: value} if is_alone else value

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        many = [{"type": "array", "items": {"type": "string"}}] if self.may_be_many else []
        return {"anyOf": [{"type": "string"}, *many, handler(core)]}


class Switched(NamedTuple):
    """An entry that may be yes, without any key of its own, or no, which is None."""

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_before_validator_function(_switched, handler(source))

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {"anyOf": [dict(YES_OR_NO), handler(core)]}


def _switched(value: object) -> object:
    if not isinstance(value, str):
        return value
    return {} if yes_or_no(value) else None


def yes_or_no(text: str) -> bool:
    """yes, true and on are True, no, false and off are False. Raises ValueError for any other word."""
    word = text.strip().lower()
    if word not in (*YES, *NO):
        raise ValueError(f"{shortened(text)!r} is neither yes nor no; write yes or no")
    return word in YES


def words(text: str) -> str:
    """A text in one line that says something. Raises ValueError."""
    plain = " ".join(text.split())
    if not plain:
        raise ValueError("is empty; fill it in, or leave it out")
    return plain
