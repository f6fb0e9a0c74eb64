import json

from pilgi.learn.recipe import shelf


def test_every_shipped_recipe_is_listed(pilgi):
    names = [path.stem for path in shelf()]
    listed = json.loads(pilgi("recipes", "--json").out)
    assert [row["name"] for row in listed] == names
    table = pilgi("recipes").out
    assert all(name in table for name in names)
