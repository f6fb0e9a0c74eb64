"""The documentation as the docs tests read it: pages, their blocks, links and commands."""

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

ROOT = Path(__file__).parents[2]
MARKDOWN = MarkdownIt("commonmark").enable("table")


@dataclass(frozen=True)
class Page:
    """One Markdown file."""

    path: Path

    @property
    def name(self) -> str:
        return self.path.relative_to(ROOT).as_posix()

    @cached_property
    def text(self) -> str:
        return self.path.read_text(encoding="utf-8")

    @cached_property
    def tokens(self) -> list[Token]:
        return MARKDOWN.parse(self.text)

    def inline(self, kind: str) -> Iterator[Token]:
        """Yield the inline tokens of a kind, `code_inline` or `link_open` for example."""
        for token in self.tokens:
            yield from (child for child in token.children or () if child.type == kind)

    @cached_property
    def links(self) -> list[str]:
        targets = [token.attrGet("href") for token in self.inline("link_open")]
        targets += [token.attrGet("src") for token in self.inline("image")]
        return [str(target) for target in targets]

    @cached_property
    def headings(self) -> list[tuple[str, str]]:
        """Each heading's level (h1, h2 ...) and words."""
        pairs = zip(self.tokens, self.tokens[1:], strict=False)
        return [(at.tag, words.content) for at, words in pairs if at.type == "heading_open"]

    @cached_property
    def anchors(self) -> set[str]:
        """The headings as a link's fragment names them."""
        words = (re.sub(r"[^\w\- ]", "", text.lower()) for _, text in self.headings)
        return {text.strip().replace(" ", "-") for text in words}

    @cached_property
    def block_lines(self) -> list[str]:
        """The lines of every fenced block, continued ones joined, comments taken off."""
        blocks = [token.content for token in self.tokens if token.type == "fence"]
        lines = "\n".join(blocks).replace("\\\n", " ").splitlines()
        return [line for raw in lines if (line := re.sub(r"(^|\s)#.*", "", raw).strip())]

    @cached_property
    def commands(self) -> list[list[str]]:
        """The words of every `pilgi ...` line in a fenced block, without the `pilgi`."""
        found = (re.match(r"(?:\$ )?(?:[A-Z_]+=\S+ )*pilgi( .*|$)", at) for at in self.block_lines)
        bare = re.compile(r"('[^']*')|[][]|\.\.\.")  # what may be left out; what is quoted stays
        texts = [bare.sub(lambda at: at[1] or " ", match[1]) for match in found if match]
        return [shlex.split(text) for text in texts]


def all_pages() -> list[Page]:
    files = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("benchmarks/**/*.md")]
    return [Page(path) for path in sorted(files)]


@pytest.fixture(scope="session")
def pages() -> dict[str, Page]:
    """Every page of the documentation by its path from the root of the project."""
    return {page.name: page for page in all_pages()}


@pytest.fixture(scope="session")
def program() -> Any:
    """The command `pilgi` as the parser knows it."""
    import typer

    from pilgi.cli.main import app

    return typer.main.get_command(app)
