"""Links lead somewhere, and every page can be reached."""

from typing import Any
from urllib.parse import unquote

INDEX = "docs/README.md"


def local_links(page: Any) -> list[tuple[str, str]]:
    """Each link inside the project as path and fragment; the path is empty for the page itself."""
    inside = (link for link in page.links if "://" not in link and not link.startswith("mailto:"))
    parts = (unquote(link).partition("#") for link in inside)
    return [(path, fragment) for path, _, fragment in parts]


def test_every_relative_link_leads_to_a_file(pages: dict[str, Any]) -> None:
    broken = [
        f"{page.name}: {path}"
        for page in pages.values()
        for path, _ in local_links(page)
        if not (page.path.parent / path).exists()
    ]
    assert not broken


def test_every_fragment_names_a_heading(pages: dict[str, Any]) -> None:
    by_path = {page.path: page for page in pages.values()}
    broken = []
    for page in pages.values():
        for path, fragment in local_links(page):
            target = by_path.get((page.path.parent / path).resolve() if path else page.path)
            if fragment and target and fragment not in target.anchors:
                broken.append(f"{page.name}: {path}#{fragment}")
    assert not broken


def test_every_docs_page_is_reachable_from_the_index(pages: dict[str, Any]) -> None:
    by_path = {page.path: page for page in pages.values()}
    seen, waiting = set(), [pages[INDEX]]
    while waiting:
        page = waiting.pop()
        seen.add(page.name)
        targets = ((page.path.parent / path).resolve() for path, _ in local_links(page) if path)
        linked = (by_path[target] for target in targets if target in by_path)
        waiting += [found for found in linked if found.name not in seen]
    assert {name for name in pages if name.startswith("docs/")} <= seen
