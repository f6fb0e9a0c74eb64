"""Runs are read as they are, and no name leads out of their folder."""

import pytest

from pilgi.errors import RunError
from pilgi.serve.problems import ConflictError, NotFoundError
from pilgi.serve.runs import Runs, recipe_of


@pytest.fixture
def runs(tmp_path):
    return Runs(tmp_path / "runs")


@pytest.fixture
def run(runs):
    folder = runs.folder / "quick-1"
    folder.mkdir(parents=True)
    (folder / "recipe.toml").write_text('name = "quick"\n')
    return runs.open("quick-1")


@pytest.mark.usefixtures("run")
@pytest.mark.parametrize("name", ["..", ".trash", "a/b", "/etc", "a\\b", "", "quick-1/", "x" * 300])
def test_no_name_leads_out_of_the_folder(runs, name):
    with pytest.raises(NotFoundError, match="no run is called"):
        runs.open(name)


@pytest.mark.usefixtures("run")
def test_a_link_is_no_run(runs, tmp_path):
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "recipe.toml").write_text("")
    (runs.folder / "link").symlink_to(outside)
    assert [each.name for each in runs.all()] == ["quick-1"]
    with pytest.raises(NotFoundError):
        runs.open("link")


def test_a_line_that_is_being_written_waits_for_its_end(run):
    run.metrics.write_text('{"epoch": 1}\n{"epo')
    assert run.history() == [{"epoch": 1}]
    run.metrics.write_text('{"epoch": 1}\nno json\n')
    with pytest.raises(RunError, match=r"metrics\.jsonl: damaged"):
        run.history()


@pytest.mark.usefixtures("run")
def test_a_deleted_run_comes_back(runs):
    runs.remove("quick-1")
    assert runs.all() == []
    assert [each.name for each in runs.removed()] == ["quick-1"]
    assert recipe_of(runs.restore("quick-1")) == {"name": "quick"}
    assert runs.removed() == []


@pytest.mark.usefixtures("run")
def test_a_run_does_not_come_back_over_another(runs):
    runs.remove("quick-1")
    (runs.folder / "quick-1").mkdir()
    with pytest.raises(ConflictError, match="another run of this name"):
        runs.restore("quick-1")


@pytest.mark.usefixtures("run")
def test_emptying_the_trash_deletes_for_good(runs):
    runs.remove("quick-1")
    assert runs.empty_trash() == 1
    with pytest.raises(NotFoundError):
        runs.restore("quick-1")
