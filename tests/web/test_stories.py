"""What one person and a class do with the page, in Chromium, by desktop and phone, and offline."""

import pytest

STORIES = ("draw", "photo", "samples", "accessible", "offline")


@pytest.mark.usefixtures("page")
def test_the_stories_go_as_they_are_told(npm, chromium):
    npm("e2e", *(f"e2e/{story}.test.ts" for story in STORIES), CHROMIUM=chromium)
