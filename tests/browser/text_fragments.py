"""Follows links to awkward quotes in a real browser: `python -m tests.browser.text_fragments`; needs Chromium.

Each page of text_fragments.yaml is read as any saved page is, a quote of it is linked to as in any answer, and the link
is opened in Chromium. It must scroll to the quote, which must be marked from its first word to its last.
"""

from __future__ import annotations

import base64
import dataclasses
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import yaml
from playwright.sync_api import Browser, sync_playwright

from retrieval.links import link_to
from retrieval.reading.web_page import read_html

CASES = Path(__file__).with_suffix(".yaml")
CHROMIUM = "/usr/bin/chromium"
FLAGS = """
--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update
--disable-sync
""".split()
WINDOW = {"width": 800, "height": 2_000}
GAP = '<span class="gap"></span>'
LONG = " ".join(f"Ship number {number} passed the lighthouse, and its keeper wrote it down." for number in range(40))
PAGE = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Courier</title><style>
.gap {{ display: block; height: 9000px }} ::target-text {{ background: #f0f; color: #f0f }}
</style></head><body><span class="gap"></span><article>{body}</article><span class="gap"></span></body></html>"""
MARKED = """async (png) => {
    const image = new Image(); image.src = "data:image/png;base64," + png; await image.decode();
    const canvas = new OffscreenCanvas(image.width, image.height), context = canvas.getContext("2d");
    context.drawImage(image, 0, 0);
    const data = context.getImageData(0, 0, image.width, image.height).data, marked = [];
    for (let i = 0; i < data.length; i += 4)
        if (data[i] > 250 && data[i + 1] < 5 && data[i + 2] > 250)
            marked.push([(i / 4) % image.width, Math.floor(i / 4 / image.width)]);
    if (!marked.length) return null;
    const top = marked[0][1], bottom = marked[marked.length - 1][1];
    return [Math.min(...marked.filter(p => p[1] < top + 12).map(p => p[0])), top,
            Math.max(...marked.filter(p => p[1] > bottom - 18).map(p => p[0])), bottom];
}"""
EXPECTED = (
    """() => [..."se"].map(id => document.getElementById(id).getBoundingClientRect()).map(r => [r.x, r.y, r.bottom])"""
)
SLACK = 6
"""Pixels: a raised note at either end is not as high as its line."""


@dataclass(frozen=True, slots=True)
class Case:
    """A page with a quote, and the link that must lead to it."""

    name: str
    html: str
    directive: str


def cases(address: str) -> Iterator[Case]:
    """The cases as they are served at `address`; what the reader loses of a quote is an error here."""
    for number, case in enumerate(yaml.safe_load(CASES.read_text("utf-8"))):
        body = case["html"].replace("{gap}", GAP).replace("{long}", LONG)
        marked = read_html(PAGE.format(body=body).encode(), case["name"]).text
        html = PAGE.format(body=body.replace("⟦", '<a id="s"></a>').replace("⟧", '<a id="e"></a>'))
        document = read_html(html.encode(), case["name"])
        start, end = marked.index("⟦"), marked.index("⟧") - 1
        if document.text != marked.replace("⟦", "").replace("⟧", ""):
            raise ValueError(f"{case['name']}: the marks change how the page is read.")
        about = dataclasses.replace(document.metadata, url=f"{address}/{number}")
        yield Case(case["name"], html, link_to(dataclasses.replace(document, metadata=about), start, end) or "")


@contextmanager
def served(pages: list[bytes]) -> Iterator[str]:
    """The address where `pages` are served by their number."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            number = self.path.strip("/")
            found = number.isdecimal() and int(number) < len(pages)
            self.send_response(200 if found else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(pages[int(number)] if found else b"")

        def log_message(self, *_: Any) -> None:
            """Nobody reads it."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def failure(browser: Browser, link: str) -> str:
    """What is wrong where `link` leads; empty if nothing is."""
    page = browser.new_page(viewport=WINDOW)
    try:
        page.goto(link)
        page.wait_for_timeout(100)
        if not page.evaluate("scrollY"):
            return "did not scroll"
        found = page.evaluate(MARKED, base64.b64encode(page.screenshot()).decode())
        (left, top, _), (right, _, bottom) = page.evaluate(EXPECTED)
    finally:
        page.close()
    if not found:
        return "nothing is marked in sight"
    is_at_start = abs(found[0] - left) <= SLACK and abs(found[1] - top) <= SLACK
    is_at_end = abs(found[2] - right) <= SLACK and abs(found[3] - bottom) <= SLACK
    return "" if is_at_start and is_at_end else f"marked {found}, expected {[left, top, right, bottom]}"


def main() -> int:
    """Print what fails, and how many quotes were found; 0 if all were."""
    pages: list[bytes] = []
    with served(pages) as address, sync_playwright() as playwright:
        every = list(cases(address))
        pages += [case.html.encode() for case in every]
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        failures = [(case, why) for case in every if (why := failure(browser, case.directive))]
        browser.close()
    for case, why in failures:
        print(f"{case.name}: {why}\n    {case.directive}")
    print(f"{len(every) - len(failures)} of {len(every)} quotes found")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
