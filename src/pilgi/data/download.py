"""The one place that uses the network: the catalog's files, fetched, checked, kept."""

import hashlib
import tarfile
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from pilgi.data.catalog import CATALOG
from pilgi.data.formats import content as limits
from pilgi.data.formats.content import Content, unpack
from pilgi.data.places import cache_folder, host, record_of, remedy
from pilgi.data.source import File, Source
from pilgi.errors import DataError, DownloadError
from pilgi.files import read_bytes, sha256, write_bytes, write_text

Announce = Callable[[str], None]

CONNECT_SECONDS: Final = 10
READ_SECONDS: Final = 60


def fetch(source: Source, file: File, announce: Announce) -> Path:
    """Download `file` from the first mirror that has it whole; return where it lies in the cache.

    A download is checked before it is kept, so a partial or wrong one leaves nothing. Where nobody
    published a checksum, the first download's is kept beside the file and checked from then on.
    Raises DownloadError naming every mirror tried and what each answered.
    """
    if not file.urls:
        raise DownloadError(
            f"{source.name}: cannot be downloaded, no public copy is known; {remedy(source, file)}"
        )
    failures = []
    for url in file.urls:
        announce(f"Fetching {source.name}: {file.name} from {host(url)}")
        try:
            return _fetch_from(url, source, file, announce)
        except _failures() as error:
            failures.append(f"{host(url)}: {_reason(error)}")
    raise DownloadError(
        f"{source.name}: {file.name} could not be fetched ({'; '.join(failures)}); "
        f"check the network, or {remedy(source, file)}"
    )


def _fetch_from(url: str, source: Source, file: File, announce: Announce) -> Path:
    folder = cache_folder(source)
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder, prefix=".fetching-") as temporary:
        packed = _retrieve(url, Path(temporary), announce)
        _check_download(packed, file)
        for kept, data in _contents(packed, url, source, file):
            _keep(folder / kept.name, kept, data)
    return folder / file.name


def _retrieve(url: str, folder: Path, announce: Announce) -> Path:
    import pooch

    pooch.get_logger().setLevel("WARNING")
    downloader = pooch.HTTPDownloader(
        progressbar=_Progress(announce), timeout=(CONNECT_SECONDS, READ_SECONDS)
    )
    return Path(pooch.retrieve(url, None, "download", folder, downloader=downloader))


def _check_download(path: Path, file: File) -> None:
    if file.download_sha256 is None:
        return
    with path.open("rb") as stream:
        found = hashlib.file_digest(stream, "sha256").hexdigest()
    if found != file.download_sha256:
        raise DataError("another file than the published one (SHA-256 differs)")


def _contents(packed: Path, url: str, source: Source, wanted: File) -> Iterator[tuple[File, bytes]]:
    """Yield the files that a download brought: itself, or every one that its archive holds."""
    if wanted.member is None:
        yield wanted, read_bytes(packed, limits.LIMIT)
        return
    brothers = [
        file
        for other in CATALOG.values()
        if cache_folder(other) == cache_folder(source)
        for file in other.files
        if url in file.urls
    ]
    read = _zip_member if zipfile.is_zipfile(packed) else _tar_member
    for file in brothers or [wanted]:
        yield file, read(packed, str(file.member))


def _zip_member(path: Path, member: str) -> bytes:
    with zipfile.ZipFile(path) as archive, archive.open(member) as stream:
        return _bounded(stream.read(limits.LIMIT + 1), member)


def _tar_member(path: Path, member: str) -> bytes:
    with tarfile.open(path) as archive:
        stream = archive.extractfile(member)
        if stream is None:
            raise DataError(f"{member} is not a file in the archive")
        return _bounded(stream.read(limits.LIMIT + 1), member)


def _bounded(data: bytes, name: str) -> bytes:
    if len(data) > limits.LIMIT:
        raise DataError(f"{name} unpacks to more than the {limits.LIMIT:,} bytes allowed")
    return data


def _keep(path: Path, file: File, data: bytes) -> None:
    """Write a checked file; its recorded hash first, so that it is never there without."""
    found = sha256(unpack(Content("what it sent", data)).data)
    if file.sha256 and found != file.sha256:
        raise DataError("another file than the published one (SHA-256 differs)")
    if not file.sha256:
        write_text(record_of(path), found + "\n")
    write_bytes(path, data)


class _Progress:
    """What pooch tells about a download, said at every tenth of a large one."""

    def __init__(self, announce: Announce) -> None:
        self.announce = announce
        self.total = 0
        self.done = 0

    def update(self, size: int) -> None:
        before, self.done = self.done, self.done + size
        steps = [count * 10 // max(self.total, 1) for count in (before, self.done)]
        if steps[0] < steps[1] and self.total > 2**22:
            self.announce(f"{self.done / 2**20:.0f} of {self.total / 2**20:.0f} MiB")

    def reset(self) -> None:
        self.done = 0

    def close(self) -> None:
        """Nothing is open."""


def _failures() -> tuple[type[Exception], ...]:
    """What a mirror, its answer or an archive from it can raise."""
    return (
        OSError,
        ValueError,
        KeyError,
        EOFError,
        tarfile.TarError,
        zipfile.BadZipFile,
        DataError,
    )


def _reason(error: Exception) -> str:
    """Say in a few words why a mirror failed; requests' own texts run over lines."""
    import requests

    if isinstance(error, requests.Timeout):
        return "no answer in time"
    if isinstance(error, requests.HTTPError) and error.response is not None:
        return f"answered {error.response.status_code}"
    if isinstance(error, requests.exceptions.ChunkedEncodingError):
        return "the download broke off"
    if isinstance(error, requests.ConnectionError):
        return "no connection"
    return str(error) or type(error).__name__
