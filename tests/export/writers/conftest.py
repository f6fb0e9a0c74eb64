"""A real browser that opens what leaves, and says what it saw there."""

import http.server
import queue
import shutil
import subprocess
import threading
from functools import partial
from pathlib import Path

import pytest

CHROMIUM = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)


class Site(http.server.SimpleHTTPRequestHandler):
    """Serves a folder, and hears what a page of it says."""

    def __init__(self, *given, heard, **more):
        self.heard = heard
        super().__init__(*given, **more)

    def do_POST(self):  # noqa: N802: the name that http.server calls
        self.heard.put(self.rfile.read(int(self.headers["Content-Length"])).decode())
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_):
        pass


@pytest.fixture
def chromium(tmp_path):
    """Return a function from a folder and its page to the words that the page posts to `said`.

    from_disk: the page is opened as a file, with the server's address after the #.
    """
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    if not browser:
        pytest.skip("needs chromium")

    def said(folder: Path, page: str, from_disk: bool = False) -> str:
        heard: queue.Queue[str] = queue.Queue()
        site = partial(Site, directory=str(folder), heard=heard)
        with http.server.ThreadingHTTPServer(("127.0.0.1", 0), site) as server:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            here = f"http://127.0.0.1:{server.server_port}/"
            address = f"{(folder / page).as_uri()}#{here}" if from_disk else here + page
            command = [browser, *CHROMIUM, f"--user-data-dir={tmp_path / 'profile'}", address]
            with subprocess.Popen(command, stderr=subprocess.DEVNULL) as running:
                text = heard.get(timeout=120)
                running.terminate()
            server.shutdown()
        return text

    return said
