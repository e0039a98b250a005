"""The words that people read, by Project Fluent. Turkish is the default and the reference."""

import re
from functools import cache, lru_cache
from html import escape, unescape
from pathlib import Path

from fluent.runtime import FluentBundle, FluentResource
from fluent.syntax import ast

from conversations.letters import fold_words
from conversations.words import Words

LANGUAGES = ("tr", "en")

_TAG = re.compile(r"</?[ab](?: [^<>]*)?>")


def say(words: Words, language: str, *, markup: bool = False) -> str:
    """The sentence for these words in this language, Turkish where the language lacks it.

    With `markup` it is HTML (only <b> and <a>) in which every argument is escaped; without, plain text. Raises
    KeyError for an id that no locale has: that is a bug of ours, which a test finds.
    """
    if words.args.keys() <= _WHO:
        return _fixed(words.id, tuple(words.args.values()), language, markup=markup)
    return _said(words, language, markup=markup)


_WHO = {"role"}
"""The one argument that most texts have, or none."""


@lru_cache(maxsize=4096)
def _fixed(message_id: str, role: tuple[str, ...], language: str, *, markup: bool) -> str:
    """A text of which there are a few variants at most: a keyboard is made of nothing else."""
    return _said(Words(message_id, dict(zip(_WHO, role, strict=False))), language, markup=markup)


def _said(words: Words, language: str, *, markup: bool) -> str:
    text = _format(words, language)
    return text if markup else unescape(_TAG.sub("", text))


def read_all() -> None:
    """Read every locale now, which takes a sixth of a second: nobody's message has to wait for it then."""
    for language in LANGUAGES:
        _bundle(language)
    _choices()


def choice_of(text: str) -> str | None:
    """The message id of the button whose text, in any language, this is; case and punctuation do not matter."""
    return _choices().get(fold_words(text)) if len(text) <= 64 else None


def ids(language: str) -> frozenset[str]:
    """Every message id that the locale can say, attributes as `id.attribute`."""
    return frozenset(_patterns(language))


def arguments(language: str, message_id: str) -> frozenset[str]:
    """The names of the arguments that the message uses."""
    return frozenset(_variables(_patterns(language)[message_id]))


def _format(words: Words, language: str) -> str:
    language = language if words.id in _patterns(language) else LANGUAGES[0]
    name, _, attribute = words.id.partition(".")
    args: dict[str, str | int] = {}
    for key, value in words.args.items():
        match value:
            case Words():
                args[key] = say(value, language, markup=True)
            case str():
                args[key] = escape(value)
            case _:
                args[key] = value
    if (pieces := _pieces(words.id, language)) is not None and all(isinstance(value, str) for value in args.values()):
        return "".join(str(args.get(piece, f"{{${piece}}}")) if is_name else piece for piece, is_name in pieces)
    bundle = _bundle(language)
    message = bundle.get_message(name)
    pattern = message.attributes[attribute] if attribute else message.value
    if pattern is None:
        raise KeyError(words.id)
    text, _errors = bundle.format_pattern(pattern, args)
    return str(text)


@cache
def _bundle(language: str) -> FluentBundle:
    bundle = FluentBundle([language], use_isolating=False)
    bundle.add_resource(_resource(language))
    return bundle


@cache
def _resource(language: str) -> ast.Resource:
    return FluentResource((Path(__file__).parent / f"{language}.ftl").read_text(encoding="utf-8"))


@cache
def _patterns(language: str) -> dict[str, ast.Pattern]:
    found: dict[str, ast.Pattern] = {}
    for entry in _resource(language).body:
        if isinstance(entry, ast.Message):
            if entry.value is not None:
                found[entry.id.name] = entry.value
            for attribute in entry.attributes:
                found[f"{entry.id.name}.{attribute.id.name}"] = attribute.value
    return found


@cache
def _pieces(message_id: str, language: str) -> tuple[tuple[str, bool], ...] | None:
    """A text that is made of words and of arguments as they are: its pieces, each with whether it names an argument.

    Put together here, these take a fifth of the time; whatever chooses or counts is Fluent's. None for those.
    """
    found: list[tuple[str, bool]] = []
    for element in _patterns(language)[message_id].elements:
        if isinstance(element, ast.TextElement):
            found.append((element.value, False))
        elif isinstance(element.expression, ast.VariableReference):
            found.append((element.expression.id.name, True))
        else:
            return None
    return tuple(found)


def _variables(node: ast.BaseNode) -> set[str]:
    if isinstance(node, ast.VariableReference):
        return {node.id.name}
    found: set[str] = set()
    for value in vars(node).values():
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.BaseNode):
                found |= _variables(child)
    return found


@cache
def _choices() -> dict[str, str]:
    """The text of each button that takes no argument, or none but the role, with its id."""
    found: dict[str, str] = {}
    for language in LANGUAGES:
        for message_id in _patterns(language):
            if not (message_id.startswith("choice-") or message_id.endswith((".skip", ".none", ".pick"))):
                continue
            if arguments(language, message_id) <= {"role"}:
                for role in ("customer", "dealer"):
                    found[fold_words(say(Words(message_id, {"role": role}), language))] = message_id
    return found
