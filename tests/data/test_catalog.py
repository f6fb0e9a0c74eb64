import re

import pytest

from pilgi.data import CATALOG

SHA256 = re.compile(r"[0-9a-f]{64}")


@pytest.mark.parametrize("source", CATALOG.values(), ids=lambda source: source.name)
def test_every_source_says_what_it_is_in_both_languages(source):
    assert CATALOG[source.name] is source
    assert set(source.summary) == {"en", "ko"}
    assert re.search("[가-힣]", source.summary["ko"])
    assert source.licence
    assert source.reference
    assert source.pictures > 1000
    assert len(set(source.classes)) == len(source.classes) >= 8


@pytest.mark.parametrize("source", CATALOG.values(), ids=lambda source: source.name)
def test_every_mirror_is_https_and_every_checksum_whole(source):
    for file in source.files:
        assert all(url.startswith("https://") for url in file.urls)
        for checksum in (file.sha256, file.download_sha256):
            assert checksum is None or SHA256.fullmatch(checksum)


def test_no_two_files_of_one_folder_share_a_name():
    places = [(s.folder or s.name, file.name) for s in CATALOG.values() for file in s.files]
    assert len(set(places)) == len(places)
