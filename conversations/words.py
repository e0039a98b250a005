"""A text that people will read, named by its message id in the locales: the engine never holds the sentence itself."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Words:
    """A message id (`id`, or `id.attribute`) with its arguments; the locales turn it into a sentence.

    Arguments are strings, or integers where the sentence counts something. Call numbers, phones and serials are
    strings: Fluent would print the number 43090 as "43.090". An argument may itself be words, in the same language.
    """

    id: str
    args: "Mapping[str, str | int | Words]" = field(default_factory=dict)
