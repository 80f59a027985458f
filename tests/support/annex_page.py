"""What tests of the annex ask of the page in a browser."""

from __future__ import annotations

from support.chromium import Browser

CLIPPED = (
    "[...document.querySelectorAll('section > figure svg.{look}')].flatMap(s => {{"
    "const b = s.getBoundingClientRect();"
    "return [...s.querySelectorAll('text')].filter(t => {{ const r = t.getBoundingClientRect();"
    "return r.left < b.left - 6 || r.right > b.right + 6; }}).map(t => t.textContent); }})"
)


def clipped(page: Browser, look: str) -> list[str]:
    """Texts that reach beyond their chart. look: class of the charts that are shown, wide or narrow."""
    return list(page.value(CLIPPED.format(look=look)))


def found(page: Browser, words: str) -> float:
    """Write into the filter and return the milliseconds until the page is laid out anew."""
    return float(
        page.value(
            f"(() => {{ const box = document.getElementById('words'); box.value = '{words}';"
            " const start = performance.now(); box.dispatchEvent(new Event('input', {bubbles: true}));"
            " document.body.offsetHeight; return performance.now() - start; })()"
        )
    )
