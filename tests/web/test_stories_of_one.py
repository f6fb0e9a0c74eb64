"""What one person does with the page, in Chromium, by desktop and by phone."""

import pytest


@pytest.mark.usefixtures("page")
@pytest.mark.parametrize("story", ["draw", "offline"])
def test_the_story_goes_as_it_is_told(story, npm, chromium):
    npm("e2e", f"e2e/{story}.test.ts", CHROMIUM=chromium)
