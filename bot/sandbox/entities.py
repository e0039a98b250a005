"""Telegram's HTML, read as strictly as Telegram reads it: text and entities whose offsets count UTF-16 units.

The rules and the texts of the errors are those of TDLib (td/telegram/MessageEntity.cpp, parse_html).
"""

import html
import re
from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.errors import bad_request

LONGEST_TEXT = 4096  # UTF-16 units, after the entities were parsed

Entity = dict[str, Any]

_ENTITY_OF_TAG = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "code": "code",
    "pre": "pre",
    "a": "text_link",
    "tg-spoiler": "spoiler",
    "blockquote": "blockquote",
}
_CHARACTER = re.compile(r"&(#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|lt|gt|amp|quot);?")
_ATTRIBUTE = re.compile(r"\s*([^\s=>]*)\s*(?:(=)\s*(\"[^\"]*\"|'[^']*'|[A-Za-z0-9.\-]*))?")
_COMMAND = re.compile(r"(?<![\w/@])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/])")


def utf16_units(text: str) -> int:
    """The length of a text as Telegram counts it."""
    return len(text) + sum(character > "\uffff" for character in text)


def commands_in(text: str) -> list[Entity]:
    """The bot_command entities of what a person typed."""
    return [
        {
            "type": "bot_command",
            "offset": utf16_units(text[: found.start()]),
            "length": utf16_units(found.group()),
        }
        for found in _COMMAND.finditer(text)
    ]


def parse_text(text: str, parse_mode: str | None) -> tuple[str, list[Entity]]:
    """Text and entities of an outgoing message; raises ApiError where Telegram would refuse it."""
    entities: list[Entity] = []
    if not parse_mode:
        parsed = text
    elif parse_mode.lower() == "html":
        parsed, entities = parse_html(text)
    else:
        raise bad_request("unsupported parse_mode")
    parsed, entities = _trimmed(parsed, entities)
    if not parsed:
        raise bad_request("message text is empty")
    if utf16_units(parsed) > LONGEST_TEXT:
        raise bad_request("message is too long")
    return parsed, entities


@dataclass
class _Tag:
    name: str
    offset: int
    url: str = ""
    expandable: bool = False


@dataclass
class _Reading:
    parts: list[str] = field(default_factory=list)
    offset: int = 0
    open_tags: list[_Tag] = field(default_factory=list)
    entities: list[Entity] = field(default_factory=list)

    def add(self, text: str) -> None:
        self.parts.append(text)
        self.offset += utf16_units(text)


def parse_html(text: str) -> tuple[str, list[Entity]]:
    """Plain text and entities, in Telegram's order; raises ApiError with the byte offset of what is wrong."""
    reading = _Reading()
    position = 0
    while position < len(text):
        character = text[position]
        if character == "&" and (found := _CHARACTER.match(text, position)):
            reading.add(html.unescape(f"&{found.group(1)};"))
            position = found.end()
        elif character != "<":
            reading.add(character)
            position += 1
        elif text.startswith("</", position):
            position = _read_end_tag(text, position, reading)
        else:
            position = _read_start_tag(text, position, reading)
    if reading.open_tags:
        raise _wrong(f'Can\'t find end tag corresponding to start tag "{reading.open_tags[-1].name}"')
    entities = sorted(reading.entities, key=lambda entity: (entity["offset"], -entity["length"]))
    return "".join(reading.parts), entities


def _wrong(reason: str) -> Exception:
    return bad_request(f"can't parse entities: {reason}")


def _read_start_tag(text: str, begin: int, reading: _Reading) -> int:
    at = f"at byte offset {len(text[:begin].encode())}"
    name_end = begin + 1
    while name_end < len(text) and not text[name_end].isspace() and text[name_end] != ">":
        name_end += 1
    if name_end == len(text):
        raise _wrong(f"Unclosed start tag {at}")
    tag = _Tag(text[begin + 1 : name_end].lower(), reading.offset)
    if tag.name not in _ENTITY_OF_TAG:
        raise _wrong(f'Unsupported start tag "{tag.name}" {at}')
    position = name_end
    while True:
        while position < len(text) and text[position].isspace():
            position += 1
        if position == len(text):
            raise _wrong(f"Unclosed start tag {at}")
        if text[position] == ">":
            break
        position = _read_attribute(text, position, tag, at)
    reading.open_tags.append(tag)
    return position + 1


def _read_attribute(text: str, position: int, tag: _Tag, at: str) -> int:
    found = _ATTRIBUTE.match(text, position)
    if found is None or not found.group(1):
        raise _wrong(f'Empty attribute name in the tag "{tag.name}" {at}')
    name, equals, value = found.group(1).lower(), found.group(2), found.group(3) or ""
    if not equals:
        if (tag.name, name) != ("blockquote", "expandable"):
            raise _wrong(f'Expected equal sign in declaration of an attribute of the tag "{tag.name}" {at}')
        tag.expandable = True
    elif not value:
        raise _wrong(f"Unclosed start tag {at}")
    elif (tag.name, name) == ("a", "href"):
        tag.url = html.unescape(value.strip("\"'"))
    return found.end()


def _read_end_tag(text: str, begin: int, reading: _Reading) -> int:
    at = f"at byte offset {len(text[:begin].encode())}"
    if not reading.open_tags:
        raise _wrong(f"Unexpected end tag {at}")
    end = text.find(">", begin)
    if end < 0:
        raise _wrong(f"Unclosed end tag {at}")
    name = text[begin + 2 : end].strip().lower()
    tag = reading.open_tags.pop()
    if name and name != tag.name:
        raise _wrong(f'Unmatched end tag {at}, expected "</{tag.name}>", found "</{name}>"')
    if reading.offset > tag.offset and (tag.name != "a" or tag.url):
        kind = "expandable_blockquote" if tag.expandable else _ENTITY_OF_TAG[tag.name]
        entity: Entity = {"type": kind, "offset": tag.offset, "length": reading.offset - tag.offset}
        if tag.name == "a":
            entity["url"] = tag.url
        reading.entities.append(entity)
    return end + 1


def _trimmed(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Telegram drops spaces around a message and moves the entities along."""
    cleaned = text.replace("\r", "")
    start = utf16_units(cleaned) - utf16_units(cleaned.lstrip())
    stripped = cleaned.strip()
    length = utf16_units(stripped)
    kept: list[Entity] = []
    for entity in entities:
        begin = max(entity["offset"] - start, 0)
        end = min(entity["offset"] + entity["length"] - start, length)
        if end > begin:
            kept.append({**entity, "offset": begin, "length": end - begin})
    return stripped, kept
