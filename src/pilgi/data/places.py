"""Where the files of the catalog lie on this machine, and what they must hash to."""

import os
from pathlib import Path

from pilgi.data.catalog import CATALOG
from pilgi.data.formats.content import Content, read_content
from pilgi.data.source import File, Source
from pilgi.errors import DataError, nearest
from pilgi.files import read_bytes, sha256


def locate(name: str) -> str:
    """Say in words where a data set would come from; nothing is downloaded.

    Raises DataError for a name that is not in the catalog.
    """
    if name not in CATALOG:
        raise DataError(f"{name}: no such data set; {nearest(name, CATALOG)}")
    try:
        return _place(CATALOG[name])
    except DataError as error:
        return str(error)


def _place(source: Source) -> str:
    if source.format == "embedded":
        return "scikit-learn, nothing to download"
    if source.format == "drawn":
        return "drawn here, nothing to download"
    if source.of is not None:
        return f"composed here of {source.of} ({_place(CATALOG[source.of])})"
    missing = [file for file in needed(source) if not find(source, file)]
    if not missing:
        folders = {str(path.parent) for file in needed(source) if (path := find(source, file))}
        return ", ".join(sorted(folders))
    if missing[0].urls:
        return f"download from {', '.join(host(url) for url in missing[0].urls)}"
    return f"missing: {remedy(source, missing[0])}"


def is_at_hand(name: str) -> bool:
    """Return whether a set of the catalog needs no download, and nothing that nobody offers.

    Raises as `locate` does.
    """
    return not locate(name).startswith(("download", "missing"))


def find(source: Source, file: File) -> Path | None:
    """Return where `file` lies: in `PILGI_DATA`, else in the cache, packed or not; else None."""
    local = user_folder(source)
    in_local = _within(local, file) if local else None
    return in_local or _within(cache_folder(source), file)


def needed(source: Source) -> list[File]:
    """Return the files to load: all, but an optional one only where the copy at hand has it."""
    local = user_folder(source)
    at_hand = local is not None and any(_within(local, file) for file in source.files)
    return [f for f in source.files if not (f.optional and at_hand and not find(source, f))]


def verified(source: Source, file: File, path: Path) -> Content:
    """Return the content of `path`, unpacked, refusing one that has another SHA-256."""
    content = read_content(path)
    expected = file.sha256 or _recorded(path)
    if expected and (found := sha256(content.data)) != expected:
        raise DataError(
            f"{path}: not {source.name}'s file: SHA-256 of its content is {found[:12]}..., "
            f"expected {expected[:12]}...; delete it or copy it again"
        )
    return content


def record_of(path: Path) -> Path:
    """Return where the hash of a download without a published one is kept."""
    return path.with_name(f"{path.name}.sha256")


def cache_folder(source: Source) -> Path:
    """Return the data set's folder in the cache."""
    return cache_root() / (source.folder or source.name)


def cache_root() -> Path:
    """Return the cache: `PILGI_CACHE`, else the user's own."""
    import pooch

    return Path(os.environ.get("PILGI_CACHE") or pooch.os_cache("pilgi")).expanduser()


def user_folder(source: Source) -> Path | None:
    """Return the data set's folder below `PILGI_DATA`, where that is set.

    Raises DataError where `PILGI_DATA` is not a folder: a wrong path would go unseen.
    """
    root = os.environ.get("PILGI_DATA")
    if not root:
        return None
    folder = Path(root).expanduser()
    if not folder.is_dir():
        raise DataError(f"PILGI_DATA={root}: no such folder; correct it or unset it")
    return folder / (source.folder or source.name)


def remedy(source: Source, file: File) -> str:
    """Say how to bring a file by hand."""
    folder = source.folder or source.name
    return f"set PILGI_DATA to a folder that holds {folder}/{file.name}"


def host(url: str) -> str:
    """Return the host of a URL, as messages name mirrors."""
    return url.split("/")[2]


def _within(folder: Path, file: File) -> Path | None:
    names = (file.name, file.name.removesuffix(".gz"), file.member or file.name)
    return next((path for name in names if (path := folder / name).is_file()), None)


def _recorded(path: Path) -> str | None:
    record = record_of(path)
    return read_bytes(record, 1000).decode("ascii", "replace").strip() if record.is_file() else None
