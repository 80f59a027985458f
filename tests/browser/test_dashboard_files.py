"""What the dashboard is built from: one bundle that is current, and the same sentences in each language."""

from __future__ import annotations

import importlib.util
import json
import re
from pathlib import Path

import pytest

from sogdia.network import embedded_corridors

ROOT = Path(__file__).resolve().parents[2]
WEB = ROOT / "src" / "sogdia" / "web"
MOST_BYTES = 160_000
PLAIN_KEY = re.compile(r'\bt\(\s*"([^"]+)"')
MADE_KEY = re.compile(r"\bt\(`([^`]+)`")
NAMES = "name."
"""Names of states, straits and upgrades, which the server gives in English."""
SLOT = re.compile(r"\{(\w+)\}")

spec = importlib.util.spec_from_file_location("build_dashboard", ROOT / "tools" / "build_dashboard.py")
assert spec
assert spec.loader
build_dashboard = importlib.util.module_from_spec(spec)
spec.loader.exec_module(build_dashboard)


def words(language: str) -> dict[str, str]:
    return json.loads((WEB / "page" / f"words_{language}.json").read_text("utf-8"))


def sources() -> str:
    return "\n".join(path.read_text("utf-8") for path in sorted((WEB / "page").glob("*.js")))


def test_the_bundle_in_the_package_is_current() -> None:
    stale = [
        name for name, text in build_dashboard.files().items() if (WEB / "static" / name).read_text("utf-8") != text
    ]
    assert stale == [], "run `python tools/build_dashboard.py`"


def test_the_bundle_is_light() -> None:
    assert (WEB / "static" / "app.js").stat().st_size < MOST_BYTES


def test_both_languages_have_the_same_sentences_with_the_same_slots() -> None:
    english = words("en")
    japanese = {key: text for key, text in words("ja").items() if not key.startswith(NAMES)}
    assert english.keys() == japanese.keys()
    assert [key for key in english if set(SLOT.findall(english[key])) != set(SLOT.findall(japanese[key]))] == []


def test_every_japanese_name_is_of_something_that_the_network_has() -> None:
    corridors = embedded_corridors()
    things = (*corridors.states, *corridors.rates.chokepoints, *corridors.upgrades)
    named = {key.removeprefix(NAMES) for key in words("ja") if key.startswith(NAMES)}
    assert named == {thing.id for thing in things}


def test_every_sentence_that_a_page_asks_for_is_there() -> None:
    known, text = words("en"), sources()
    assert [key for key in PLAIN_KEY.findall(text) if key not in known] == []
    for made in MADE_KEY.findall(text):
        shape = re.compile(re.sub(r"\\\$\\\{[^}]*\\\}", "[^.]+", re.escape(made)))
        assert any(shape.fullmatch(key) for key in known), made


def test_no_module_reads_text_as_markup_or_as_code() -> None:
    forbidden = (
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "document.write",
        "eval(",
        "new Function",
        "http://www.w3.org/1999",
    )
    assert [word for word in forbidden if word in sources()] == []


def test_the_page_has_no_inline_script_or_style() -> None:
    page = (WEB / "static" / "index.html").read_text("utf-8")
    assert re.findall(r"<script(?![^>]*\bsrc=)|<style|\bstyle=|\bon\w+=|https?:", page) == []


def test_modules_are_short() -> None:
    long = [path.name for path in (WEB / "page").glob("*.js") if len(path.read_text("utf-8").splitlines()) > 450]
    assert long == []


def test_a_module_that_is_missing_unused_or_in_a_circle_is_named() -> None:
    with pytest.raises(ValueError, match=r"main\.js imports a\.js, which is not there"):
        build_dashboard.bundle({"main.js": 'import { a } from "./a.js";\na();'})
    with pytest.raises(ValueError, match=r"no module imports b\.js"):
        build_dashboard.bundle({"main.js": "", "b.js": ""})
    with pytest.raises(ValueError, match=r"circle: main\.js -> a\.js -> main\.js"):
        build_dashboard.bundle(
            {"main.js": 'import { a } from "./a.js";\na();', "a.js": 'import { b } from "./main.js";'}
        )
    with pytest.raises(ValueError, match=r"imports b, which a\.js does not export"):
        build_dashboard.bundle({"main.js": 'import { b } from "./a.js";\nb();', "a.js": "export const a = 1;"})
