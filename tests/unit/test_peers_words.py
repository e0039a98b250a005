"""What the benchmark's peers say is what our own bot says, without anything of the person it was taken from."""

import json

from benchmarks.conversation import QUESTIONS, SUMMARY, script
from benchmarks.peers.words import course


def _buttons(markup: dict[str, list[list[dict[str, str]]]]) -> set[str]:
    return {button["text"] for row in markup.get("keyboard", markup.get("inline_keyboard", [])) for button in row}


def test_the_peers_ask_what_the_benchmark_expects_and_know_nobody() -> None:
    found = course()
    for expected, said in zip(QUESTIONS, [*found["questions"], found["summary"]], strict=True):
        assert expected.words in said["text"]
        assert set(expected.buttons) <= _buttons(said["markup"])
    for name in set(script(0).body) - {"CustomerDistrict"}:
        assert f"{{{name}}}" in found["summary"]["text"]
    said = json.dumps([found["questions"][:SUMMARY], found["summary"], found["result"]], ensure_ascii=False)
    assert [value for value in map(str, script(0).body.values()) if len(value) > 2 and value in said] == []
    assert "4000000" not in said
    assert found["places"]["ümraniye, istanbul"] == ["İstanbul / Ümraniye", "Istanbul", "Umraniye"]
