"""`pilgi serve` says where it is and what a code means; what is wrong is one sentence."""

import pytest

from pilgi.serve import running, settings
from pilgi.serve.listening import listening


@pytest.fixture
def served(monkeypatch, tmp_path):
    """Serve nothing, with a page that is built; give what would have been served."""
    (tmp_path / "index.html").write_text("")
    found = []
    monkeypatch.setattr(settings, "PAGE", tmp_path)

    def run(chosen, _listener, ready):
        ready()
        found.append(chosen)

    monkeypatch.setattr(running, "run", run)
    monkeypatch.chdir(tmp_path)
    return found


def test_it_listens_on_this_machine_and_says_where(pilgi, served):
    answer = pilgi("serve", "--port", 0)
    assert answer.code == 0
    assert "Pilgi is at http://127.0.0.1:" in answer.out
    assert not served[0].shared
    assert served[0].names == settings.LOOPBACK


def test_sharing_prints_the_address_the_codes_and_what_they_mean(pilgi, served):
    answer = pilgi("serve", "--port", 0, "--share", "--host", "127.0.0.1")
    assert answer.code == 0
    (chosen,) = served
    assert f"class code    {chosen.class_code}  who has it may hand in drawings" in answer.out
    assert f"teacher code  {chosen.teacher_code}  who has it may train" in answer.out
    assert chosen.addresses[0] in answer.out
    assert "not" in answer.out
    assert "encrypted" in answer.out


def test_a_wider_address_needs_share(pilgi, served):
    answer = pilgi("serve", "--host", "0.0.0.0")
    assert answer.code == 2
    assert "--host 0.0.0.0 lets other machines ask; say so with --share" in answer.err
    assert not served


def test_a_port_that_is_taken_is_one_sentence(pilgi, served):
    with listening("127.0.0.1", 0) as taken:
        answer = pilgi("serve", "--port", taken.getsockname()[1])
    assert answer.code == 2
    assert "cannot be listened at" in answer.err
    assert not served


def test_a_page_that_is_not_built_is_one_sentence(pilgi, served, monkeypatch, tmp_path):
    monkeypatch.setattr(settings, "PAGE", tmp_path / "none")
    answer = pilgi("serve", "--port", 0)
    assert answer.code == 2
    assert "the page is not built; run `make page`" in answer.err
    assert not served


def test_a_folder_that_is_not_there_is_one_sentence(pilgi, served):
    answer = pilgi("serve", "--data", "nowhere")
    assert answer.code == 2
    assert "nowhere: no such folder" in answer.err
    assert not served


@pytest.mark.parametrize("wrong", ["samples", "folder"])
def test_a_folder_that_cannot_be_opened_is_one_sentence(pilgi, tmp_path, monkeypatch, wrong):
    (tmp_path / "index.html").write_text("")
    monkeypatch.setattr(settings, "PAGE", tmp_path)
    if wrong == "samples":
        (tmp_path / "samples.sqlite").write_bytes(b"no samples " * 100)
    else:
        (tmp_path / "runs").write_text("a file where the runs' folder would be")
    answer = pilgi("serve", "--port", 0, "--data", tmp_path)
    assert (answer.code, answer.out) == (2, "")
    assert ("no store of samples" if wrong == "samples" else "cannot be made") in answer.err
