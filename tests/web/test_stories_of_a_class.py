"""What a class does with the page, in Chromium; and that everybody can."""

import pytest


@pytest.mark.usefixtures("page")
@pytest.mark.parametrize("story", ["photo", "samples", "accessible"])
def test_the_story_goes_as_it_is_told(story, npm, chromium):
    npm("e2e", f"e2e/{story}.test.ts", CHROMIUM=chromium)
