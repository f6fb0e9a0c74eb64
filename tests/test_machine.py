from pilgi import machine


def test_versions_name_python_and_what_figures_depend_on():
    versions = machine.versions()
    assert {"python", "pilgi", "numpy", "onnxruntime"} <= versions.keys()


def test_the_description_is_words():
    description = machine.describe()
    assert description["cores"] == str(machine.cores())
    assert all(description.values())


def test_the_fingerprint_changes_with_a_feature_and_with_nothing_else():
    assert machine.fingerprint({"threads": 1}) == machine.fingerprint({"threads": 1})
    assert machine.fingerprint({"threads": 1}) != machine.fingerprint({"threads": 2})
