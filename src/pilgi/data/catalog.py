"""The catalog: name -> where a data set comes from and what may be done with it.

Checksums stand here only where the source, or several independent copies of it, publish them.
"""

from collections.abc import Mapping
from string import ascii_letters, ascii_uppercase
from typing import Final

from pilgi.data.composed.entries import COMPOSED_SOURCES
from pilgi.data.drawn import DRAWN_SOURCES
from pilgi.data.formats.arrays import DIGITS
from pilgi.data.source import File, Source

_IDX_NAMES: Final = (
    "train-images-idx3-ubyte.gz",
    "train-labels-idx1-ubyte.gz",
    "t10k-images-idx3-ubyte.gz",
    "t10k-labels-idx1-ubyte.gz",
)


def _idx_parts(
    mirrors: tuple[str, ...], unpacked: tuple[str, ...] = (), packed: tuple[str, ...] = ()
) -> dict[str, tuple[File, ...]]:
    """Return the four files of MNIST's layout, with the hashes that are known."""
    files = [
        File(
            name,
            tuple(mirror + name for mirror in mirrors),
            unpacked[at] if unpacked else None,
            packed[at] if packed else None,
        )
        for at, name in enumerate(_IDX_NAMES)
    ]
    return {"train": (files[0], files[1]), "test": (files[2], files[3])}


_EMNIST_URL: Final = "https://biometrics.nist.gov/cs_links/EMNIST/gzip.zip"
_EMNIST_SHA256: Final = "fb9bb67e33772a9cc0b895e4ecf36d2cf35be8b709693c3564cea2a019fcda8e"


def _emnist_parts(kind: str) -> dict[str, tuple[File, ...]]:
    def file(part: str, content: str) -> File:
        name = f"emnist-{kind}-{part}-{content}-ubyte.gz"
        return File(name, (_EMNIST_URL,), None, _EMNIST_SHA256, f"gzip/{name}")

    return {
        part: (file(part, "images-idx3"), file(part, "labels-idx1")) for part in ("train", "test")
    }


_CIFAR_URL: Final = "https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz"
_CIFAR_SHA256: Final = "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd"
_CIFAR_BATCHES: Final = {
    "data_batch_1.bin": "cee916563c9f80d84e3cc88e17fdc0941787f1244f00a67874d45b261883ada5",
    "data_batch_2.bin": "a591ca11fa1708a91ee40f54b3da4784ccd871ecf2137de63f51ada8b3fa57ed",
    "data_batch_3.bin": "bbe8596564c0f86427f876058170b84dac6670ddf06d79402899d93ceea26f67",
    "data_batch_4.bin": "014e562d6e23c72197cc727519169a60359f5eccd8945ad5a09d710285ff4e48",
    "data_batch_5.bin": "755304fc0b379caeae8c14f0dac912fbc7d6cd469eb67a1029a08a39453a9add",
    "test_batch.bin": "8e2eb146ae340b09e24670f29cabc6326dba54da8789dab6768acf480273f65b",
}


def _cifar_parts() -> dict[str, tuple[File, ...]]:
    files = [
        File(name, (_CIFAR_URL,), sha256, _CIFAR_SHA256, f"cifar-10-batches-bin/{name}")
        for name, sha256 in _CIFAR_BATCHES.items()
    ]
    return {"train": tuple(files[:5]), "test": tuple(files[5:])}


_USPS_MIRRORS: Final = (
    "https://hastie.su.domains/ElemStatLearn/datasets/",
    "https://web.stanford.edu/~hastie/ElemStatLearn/datasets/",
)

_SOURCES: Final = (
    Source(
        name="mnist",
        title="MNIST",
        summary={
            "en": "Digits by 500 American census clerks and pupils: what every recognizer is "
            "measured on",
            "ko": "미국 통계국 직원과 학생이 쓴 숫자. 인식기를 재는 기준이 되는 데이터",
        },
        licence="CC BY-SA 3.0",
        reference="LeCun, Cortes, Burges 1998, http://yann.lecun.com/exdb/mnist/",
        pictures=70_000,
        classes=DIGITS,
        shape=(28, 28),
        format="idx",
        parts=_idx_parts(
            (
                "https://storage.googleapis.com/cvdf-datasets/mnist/",
                "https://ossci-datasets.s3.amazonaws.com/mnist/",
            ),
            unpacked=(
                "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
                "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
                "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
                "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
            ),
        ),
        writers={
            "train": File("qmnist-train-labels-idx2-int.gz"),
            "test": File("qmnist-test-labels-idx2-int.gz"),
        },
    ),
    Source(
        name="fashion-mnist",
        title="Fashion-MNIST",
        summary={
            "en": "Clothes in MNIST's size: harder, and nothing like writing",
            "ko": "MNIST와 같은 크기의 옷 사진. 글씨가 아니고, 더 어렵다",
        },
        licence="MIT",
        reference="Xiao, Rasul, Vollgraf 2017, arXiv:1708.07747",
        pictures=70_000,
        classes=(
            *("T-shirt", "Trouser", "Pullover", "Dress", "Coat"),
            *("Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"),
        ),
        shape=(28, 28),
        format="idx",
        parts=_idx_parts(
            (
                "https://storage.googleapis.com/tensorflow/tf-keras-datasets/",
                "https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/",
            ),
            packed=(
                "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84",
                "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845",
                "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073",
                "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5",
            ),
        ),
    ),
    Source(
        name="kmnist",
        title="Kuzushiji-MNIST",
        summary={
            "en": "Ten cursive hiragana from old Japanese books, in MNIST's size",
            "ko": "옛 일본 책의 흘림체 히라가나 열 글자, MNIST와 같은 크기",
        },
        licence="CC BY-SA 4.0",
        reference="Clanuwat et al. 2018, arXiv:1812.01718",
        pictures=70_000,
        classes=("o", "ki", "su", "tsu", "na", "ha", "ma", "ya", "re", "wo"),
        shape=(28, 28),
        format="idx",
        parts=_idx_parts(
            ("https://codh.rois.ac.jp/kmnist/dataset/kmnist/",),
            packed=(
                "51467d22d8cc72929e2a028a0428f2086b092bb31cfb79c69cc0a90ce135fde4",
                "e38f9ebcd0f3ebcdec7fc8eabdcdaef93bb0df8ea12bee65224341c8183d8e17",
                "edd7a857845ad6bb1d0ba43fe7e794d164fe2dce499a1694695a792adfac43c5",
                "20bb9a0ef54c7db3efc55a92eef5582c109615df22683c380526788f98e42a1c",
            ),
        ),
    ),
    Source(
        name="emnist",
        title="EMNIST digits",
        summary={
            "en": "280,000 digits from the archive that MNIST was drawn from",
            "ko": "MNIST가 나온 원자료에서 뽑은 숫자 28만 개",
        },
        licence="public domain (NIST SD 19)",
        reference="Cohen et al. 2017, arXiv:1702.05373",
        pictures=280_000,
        classes=DIGITS,
        shape=(28, 28),
        format="idx",
        parts=_emnist_parts("digits"),
        transposed=True,
    ),
    Source(
        name="emnist-letters",
        title="EMNIST letters",
        summary={
            "en": "The 26 letters, capital and small as one class",
            "ko": "영문자 26자, 대문자와 소문자를 한 부류로",
        },
        licence="public domain (NIST SD 19)",
        reference="Cohen et al. 2017, arXiv:1702.05373",
        pictures=145_600,
        classes=tuple(ascii_uppercase),
        shape=(28, 28),
        format="idx",
        parts=_emnist_parts("letters"),
        folder="emnist",
        first_label=1,
        transposed=True,
    ),
    Source(
        name="usps",
        title="USPS",
        summary={
            "en": "Digits from the envelopes of the US mail, 16x16 brought to 28x28",
            "ko": "미국 우편 봉투의 숫자. 16x16을 28x28로 맞췄다",
        },
        licence="AT&T, given with a textbook",
        reference="Hastie, Tibshirani, Friedman, The Elements of Statistical Learning",
        pictures=9_298,
        classes=DIGITS,
        shape=(28, 28),
        format="usps",
        parts={
            "train": (File("zip.train.gz", tuple(m + "zip.train.gz" for m in _USPS_MIRRORS)),),
            "test": (
                File("zip.test.gz", tuple(m + "zip.test.gz" for m in _USPS_MIRRORS), optional=True),
            ),
        },
    ),
    Source(
        name="unipen",
        title="UNIPEN digits",
        summary={
            "en": "Digits drawn with a pen on tablets; slashed zeros and crossed sevens included",
            "ko": "태블릿에 펜으로 쓴 숫자. 빗금 친 0과 가로줄 있는 7도 있다",
        },
        licence="CC BY 4.0",
        reference="Guyon et al. 1994, UNIPEN train_r01_v07",
        pictures=8_563,
        classes=DIGITS,
        shape=(28, 28),
        format="strokes",
        parts={"all": (File("digits-dev.jsonl.gz"),)},
    ),
    Source(
        name="unipen-letters",
        title="UNIPEN letters",
        summary={
            "en": "Letters by the same pens: what a reader of digits should decline",
            "ko": "같은 사람들이 쓴 영문자. 숫자 인식기가 '모르겠다'고 해야 할 그림",
        },
        licence="CC BY 4.0",
        reference="Guyon et al. 1994, UNIPEN train_r01_v07",
        pictures=4_870,
        classes=tuple(ascii_letters),
        shape=(28, 28),
        format="strokes",
        parts={"all": (File("letters-dev.jsonl.gz"),)},
        folder="unipen",
    ),
    Source(
        name="sheets",
        title="Sheets of digits",
        summary={
            "en": "Digits with real pens on paper, European hands: upstrokes, crossed 7s, open 4s",
            "ko": "유럽 사람들이 종이에 진짜 펜으로 쓴 숫자: 올려 쓴 1, 가로줄 있는 7, 열린 4",
        },
        licence="MIT",
        reference="Basic Handwritten Math Symbols Dataset",
        pictures=10_000,
        classes=DIGITS,
        shape=(28, 28),
        format="sheets",
        parts={"all": (File("digits-dev.npz"),)},
        parted_by="writer",
    ),
    Source(
        name="sheets-signs",
        title="Sheets of signs",
        summary={
            "en": "Signs and letters of formulas by the same pens: no digits, to be declined",
            "ko": "같은 펜으로 쓴 수식의 기호와 글자. 숫자 인식기가 '모르겠다'고 해야 할 그림",
        },
        licence="MIT",
        reference="Basic Handwritten Math Symbols Dataset",
        pictures=8_000,
        classes=tuple("*-+/wxyz"),
        shape=(28, 28),
        format="sheets",
        parts={"all": (File("symbols-dev.npz"),)},
        folder="sheets",
        parted_by="writer",
    ),
    Source(
        name="cifar10",
        title="CIFAR-10",
        summary={
            "en": "Small colour photographs of ten things",
            "ko": "열 가지 사물의 작은 컬러 사진",
        },
        licence="none stated",
        reference="Krizhevsky 2009, https://www.cs.toronto.edu/~kriz/cifar.html",
        pictures=60_000,
        classes=(
            *("airplane", "automobile", "bird", "cat", "deer"),
            *("dog", "frog", "horse", "ship", "truck"),
        ),
        shape=(32, 32, 3),
        format="cifar",
        parts=_cifar_parts(),
    ),
    Source(
        name="digits",
        title="Embedded digits",
        summary={
            "en": "1,797 real digits that come with scikit-learn: 8x8 brought to 28x28, no network",
            "ko": "scikit-learn에 들어 있는 실제 숫자 1,797개. 8x8을 28x28로, 네트워크가 필요 없다",
        },
        licence="CC BY 4.0",
        reference="Alpaydin, Kaynak 1998, UCI Optical Recognition of Handwritten Digits",
        pictures=1_797,
        classes=DIGITS,
        shape=(28, 28),
        format="embedded",
        parts={"all": ()},
    ),
    *DRAWN_SOURCES,
    *COMPOSED_SOURCES,
)

CATALOG: Final[Mapping[str, Source]] = {source.name: source for source in _SOURCES}
