"""Words for people, in French and in English: one key per message, the words in `messages.yaml`.

A message is kept as its key and data, and put into words where it is shown, so that one error can be told in either
language. `str(message)` is English.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

__all__ = ["LANGUAGES", "Message", "message"]

LANGUAGES = ("fr", "en")  # the first is the one of the command line by default


@dataclass(frozen=True)
class Message:
    """One message, in no language yet.

    Attributes:
        key: which one, as `messages.yaml` names it.
        data: what its placeholders stand for; a message, or words by language, is told in the same language.
    """

    key: str
    data: Mapping[str, object] = field(default_factory=dict, hash=False)

    def told(self, lang: str) -> str:
        """The words in a language, `fr` or `en`."""
        said = {name: _said(value, lang) for name, value in self.data.items()}
        return _words()[self.key][lang].format_map(said)

    def __str__(self) -> str:
        return self.told("en")


def message(key: str, /, **data: object) -> Message:
    """A message with its data; a key that `messages.yaml` lacks is our fault, and a `KeyError` where it is shown.

    Example:
        >>> found = message("errors.is-a-folder")
        >>> str(found), found.told("fr")
        ('it is a folder', "c'est un dossier")
    """
    return Message(key, data)


def _said(value: object, lang: str) -> object:
    if isinstance(value, Message):
        return value.told(lang)
    return value[lang] if isinstance(value, Mapping) else value


@functools.cache
def _words() -> Mapping[str, Mapping[str, str]]:
    """Read where the first message is shown: most runs show none."""
    import yaml

    source = Path(__file__).with_suffix(".yaml").read_text("utf-8")
    found: Mapping[str, Mapping[str, str]]
    found = yaml.load(source, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506
    return found
