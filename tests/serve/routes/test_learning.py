"""Methods and recipes over HTTP are what the package holds, in both languages."""

from importlib.resources import files

from pilgi.methods import catalogue


def test_methods_are_those_of_methods_json(client):
    assert client.get("/api/methods").json() == catalogue()["families"]


def test_every_shipped_recipe_is_there_with_a_sentence_in_both_languages(client):
    said = client.get("/api/recipes").json()
    names = [path.name for path in (files("pilgi") / "learn/recipes").iterdir()]
    assert [each["name"] for each in said] == sorted(name.removesuffix(".toml") for name in names)
    assert all(each["summary"]["en"] and each["summary"]["ko"] for each in said)


def test_one_recipe_is_shown_with_its_settings(client):
    said = client.get("/api/recipes/quick").json()
    assert said["settings"]["name"] == "quick"
    assert client.get("/api/recipes/nothing").status_code == 404
