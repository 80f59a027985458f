"""The server answers what the command line prints, to the last digit, fast, and once for equal questions."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from urllib.parse import quote

import pytest

from support.web_server import WebServer

SHOCKS = (
    ("rare_earths --cut CHN=0.4", "mineral=rare_earths&cut=CHN=0.4"),
    (
        "graphite --importer KOR --embargo CHN --output MDG=0.5 --stock KOR=60 --horizon 2 --year 2022",
        "mineral=graphite&importer=KOR&embargo=CHN&output=MDG=0.5&stock=KOR=60&horizon_years=2&year=2022",
    ),
    ("gallium --cut CHN:JPN=0.5 --contracted 0.25", "mineral=gallium&cut=CHN:JPN=0.5&contracted_share=0.25"),
)
ALLOWED_MS = 300.0
SLACK = 5.0
"""Other programs of a busy machine; the time of a quiet one is printed."""


EXPOSE = "expose KOR --mineral titanium --mineral cobalt --year 2022"
ROUTE = "route KAZ:Khromtau --mineral chromium --close RUS --upgrade customs --json"
PROGRAM = """
import io, json, sys
from contextlib import redirect_stdout
from sogdia.cli import main
told = {}
for words in json.loads(sys.argv[1]):
    sys.argv = ["sogdia", *words.split()]
    with redirect_stdout(io.StringIO()) as shown:
        try:
            main()
        except SystemExit as leaving:
            assert not leaving.code
    told[words] = shown.getvalue()
print(json.dumps(told))
"""


@pytest.fixture(scope="module")
def printed(no_store_of_the_user: object) -> dict[str, bytes]:
    """What the command line prints for each command, in a process of its own as a user has it."""
    asked = [*(f"shock {words} --json" for words, _ in SHOCKS), f"{EXPOSE} --json", f"{EXPOSE} --csv", ROUTE]
    command = [sys.executable, "-c", PROGRAM, json.dumps(asked)]
    told = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    return {words: text.encode() for words, text in told.items()}


@pytest.mark.parametrize(("words", "query"), SHOCKS)
def test_a_shock_has_the_figures_of_the_command_line_to_the_last_digit(
    server: WebServer, printed: dict[str, bytes], words: str, query: str
):  # fmt: skip
    told = printed[f"shock {words} --json"]
    answer = server.ask(f"/api/shock?{query}")
    assert answer.status == 200
    assert answer.json() == json.loads(told)
    assert server.ask(f"/api/download/shock.json?{query}").body == told


def test_an_exposure_and_its_table_are_those_of_the_command_line(server: WebServer, printed: dict[str, bytes]):
    question = "importer=KOR&mineral=titanium&mineral=cobalt&year=2022"
    assert server.ask(f"/api/expose?{question}").json() == json.loads(printed[f"{EXPOSE} --json"])
    download = server.ask(f"/api/download/expose.csv?{question}")
    assert download.body == printed[f"{EXPOSE} --csv"]
    assert download.headers["content-disposition"] == 'attachment; filename="sogdia-expose.csv"'


def test_a_route_has_closures_and_upgrades(server: WebServer, printed: dict[str, bytes]):
    query = "from=KAZ:Khromtau&mineral=chromium&close=RUS&upgrade=customs"
    assert server.ask(f"/api/route?{query}").json() == json.loads(printed[ROUTE])


@pytest.mark.parametrize("question", ["shock?mineral=rare_earths&cut=CHN={}", "expose?mineral=cobalt&year={}"])
def test_a_warm_answer_takes_less_than_300_ms(server: WebServer, question: str):
    """New figures each time, so that none is kept from before; the fastest of five, printed."""
    values = [2016, 2017, 2018, 2019, 2020, 2021] if "year" in question else [0.31, 0.32, 0.33, 0.34, 0.35, 0.36]
    took = []
    for value in values:
        start = time.perf_counter()
        assert server.ask(f"/api/{question.format(value)}").status == 200
        took.append(1000 * (time.perf_counter() - start))
    print(f"/api/{question}: {min(took[1:]):.0f} ms warm (allowed {ALLOWED_MS:.0f}), {took[0]:.0f} ms at first")
    assert min(took[1:]) < ALLOWED_MS * SLACK


def test_an_answer_that_was_given_is_kept(server: WebServer):
    first = server.ask("/api/expose?mineral=nickel&importer=DEU")
    start = time.perf_counter()
    again = server.ask("/api/expose?importer=DEU&mineral=nickel")
    assert again.body == first.body
    assert time.perf_counter() - start < 0.1 * SLACK


def test_equal_questions_at_once_are_answered_once_and_alike(server: WebServer):
    found: list[bytes] = []

    def ask() -> None:
        found.append(server.ask("/api/shock?mineral=cobalt&cut=COD=0.37").body)

    threads = [threading.Thread(target=ask) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 6
    assert len(set(found)) == 1
    assert b'"error"' not in found[0]


def test_a_heavy_question_that_nobody_waits_for_ends_and_leaves_room(server: WebServer):
    query = "/api/losses?importer=KOR&draws=50"
    with pytest.raises(TimeoutError):
        server.raw(f"GET {query} HTTP/1.1\r\nHost: {server.host}\r\nCookie: {server.cookie}\r\n\r\n".encode(), 1.5)
    start = time.perf_counter()
    other = server.ask("/api/losses?mineral=titanium&draws=5")
    assert other.status == 200, other.body
    assert time.perf_counter() - start < 20


def test_faults_name_parameter_value_rule_and_remedy(server: WebServer):
    answer = server.ask("/api/shock?mineral=titanium&cut=CHN=1.4")
    assert answer.status == 400
    fault = answer.json()["faults"][0]
    assert (fault["name"], set(fault)) == ("cut", {"name", "row", "column", "value", "rule", "remedy"})


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("shock?mineral=unobtainium&cut=CHN=1", 404, "unobtainium"),
        ("shock?mineral=titanium", 400, "nothing happens"),
        ("shock?mineral=tungsten&cut=CHN=1", 422, "tungsten_metal"),
        ("expose?importer=Japn", 404, "Japan"),
        ("expose?year=1066", 404, "1995"),
        ("route?mineral=chromium", 400, "from"),
        ("atlas?years=10001", 400, "10,000"),
        ("shock?mineral=titanium&cut=CHN=1&draws=100000", 400, "1,000"),
        ("expose?minerals=tin", 400, "mineral"),
        ("expose?year=2022&year=2021", 400, "once"),
        ("expose?with_gold=perhaps", 400, "true or false"),
    ],
)
def test_a_question_that_is_wrong_is_told_why(server: WebServer, path: str, status: int, words: str):
    answer = server.ask(f"/api/{quote(path, safe='/?&=:,')}")
    assert (answer.status, words in str(answer.json()["error"])) == (status, True), answer.body


def test_choices_hold_what_questions_take(server: WebServer):
    meta = server.ask("/api/meta").json()
    assert {"JPN", "KAZ"} <= {country["key"] for country in meta["countries"]}
    assert {"EU27", "CENTRAL_ASIA"} <= {region["key"] for region in meta["regions"]}
    assert {"rare_earths", "titanium"} <= {mineral["key"] for mineral in meta["minerals"]}
    assert {"cut", "embargo"} <= {event["name"] for event in meta["events"]}
    assert {"KAZ:Khromtau", "JPN:Yokohama"} <= {place["key"] for place in meta["places"]}
    assert {"suez", "china_dispute"} <= {closure["key"] for closure in meta["closures"]}
    assert meta["complete_year"] in meta["years"]


def test_the_map_has_countries_links_and_places(server: WebServer):
    features = server.ask("/api/map").json()["features"]
    assert {feature["properties"]["layer"] for feature in features} == {"country", "link", "place"}
