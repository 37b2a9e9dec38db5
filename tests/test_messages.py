"""Messages: both languages say the same thing with the same data; errors travel with theirs."""

from __future__ import annotations

import ast
import copy
import pickle
import string
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

import cdv_graph
from cdv_graph.build import build
from cdv_graph.errors import (
    AmbiguousValueError,
    Fault,
    InputError,
    OutputError,
    StoreError,
    TableError,
    UnknownValueError,
    system_reason,
)
from cdv_graph.messages import LANGUAGES, Message, message

PACKAGE = Path(cdv_graph.__file__).parent
WORDS: dict[str, dict[str, str]] = yaml.safe_load((PACKAGE / "messages.yaml").read_text("utf-8"))
# what takes a key first; `__init__` is how the kinds of InputError call it
SAYERS = {"message", "InputError", "QueryError", "ReasonerError", "RequestError", "StoreError", "__init__"}


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def calls() -> Iterator[tuple[str, set[str]]]:
    """Every key that the sources say, with the names of the data given."""
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            if getattr(node.func, "id", getattr(node.func, "attr", "")) not in SAYERS:
                continue
            for word in ast.walk(node.args[0]):
                if isinstance(word, ast.Constant) and isinstance(word.value, str):
                    yield word.value, {str(one.arg) for one in node.keywords}


CALLS = list(calls())


@pytest.mark.parametrize("key", WORDS)
def test_both_languages_have_the_same_placeholders_and_other_words(key: str) -> None:
    assert tuple(WORDS[key]) == LANGUAGES
    french, english = WORDS[key]["fr"], WORDS[key]["en"]
    assert placeholders(french) == placeholders(english)
    assert french != english


def test_keys_are_sorted() -> None:
    assert list(WORDS) == sorted(WORDS)


def test_every_key_is_said_and_every_key_said_exists() -> None:
    assert {key for key, _ in CALLS} == set(WORDS)


def test_every_message_is_given_its_data() -> None:
    assert [key for key, given in CALLS if given != placeholders(WORDS[key]["en"])] == []


def test_a_message_within_a_message_is_told_in_the_same_language() -> None:
    fault = Fault(
        "t.csv", 2, "mode", "x", message("tables.code", scheme="mode", nearest=message("errors.nearest", names="a"))
    )
    assert fault.reason() == "t.csv:2: mode « x »: expected a code of the scheme mode (nearest: a)"
    assert fault.reason("fr") == "t.csv:2 : mode « x » ; attendu : un code du vocabulaire mode (au plus proche : a)"


def test_words_by_language_are_told_in_the_language() -> None:
    told = message("questions.needed", question="q", parameter="p", description={"fr": "le", "en": "the"}, example="e")
    assert "the; example" in str(told) and "le ; exemple" in told.told("fr")


def test_braces_in_data_stay() -> None:
    assert str(message("query.no-block", name="{x}")).count("{x}") == 2
    assert "VALUES ?s { UNDEF }" in str(message("query.no-block", name="s"))


def test_a_key_that_is_not_there_is_our_fault() -> None:
    with pytest.raises(KeyError):
        str(Message("no.such-key"))


def test_faults_are_ordered_and_hashable() -> None:
    whole, value = message("tables.whole-number"), message("tables.value")
    late, early = Fault("b.csv", 1, "a", "", whole), Fault("a.csv", 9, "a", "", value)
    assert sorted({late, early, Fault("b.csv", 1, "a", "", whole)}) == [early, late]
    assert early != Fault("a.csv", 9, "a", "", whole)
    assert early <= late


ERRORS = [
    InputError("diagram.top", top=0),
    StoreError("store.no-statement", path=Path("g.nq")),
    TableError(
        [
            Fault("t.csv", 2, "a", "x", message("tables.key-once", line=1)),
            Fault("t.csv", 1, "", "", message("tables.value")),
        ]
    ),
    UnknownValueError("contract", "x", ["y"]),
    UnknownValueError("contract", "x", []),
    AmbiguousValueError("contract", "x", candidates=["y", "z"]),
    OutputError(Path("a.csv"), message("errors.is-a-folder")),
]


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
def test_errors_can_be_copied_and_sent(error: InputError) -> None:
    for twin in (copy.copy(error), copy.deepcopy(error), pickle.loads(pickle.dumps(error))):
        assert type(twin) is type(error)
        assert vars(twin) == vars(error) and twin.args == error.args
        assert str(twin) == error.told("en") != twin.told("fr")


def test_the_reasons_of_the_system_are_told_in_both_languages(tmp_path: Path) -> None:
    with pytest.raises(OSError) as caught:
        (tmp_path / "nothing").read_text()
    told = OutputError("x", system_reason(caught.value)).told("fr")
    assert told == "impossible d'écrire x : fichier ou dossier introuvable"
    assert system_reason(OSError(-1, "strange")) == "strange"


def test_progress_is_told_in_both_languages() -> None:
    steps: list[Message] = []
    build(progress=steps.append)
    assert str(steps[0]) == "reading the tables" and steps[0].told("fr") == "lecture des tables"
    assert "peuplement de clermont-2024" in [step.told("fr") for step in steps]
