import json

from pilgi.data import CATALOG


def test_the_doctor_names_packages_machine_and_where_data_would_come_from(pilgi):
    findings = json.loads(pilgi("doctor", "--json").out)
    assert findings["installed"]["torch"]
    assert findings["machine"]["precision=auto uses"] in ("bf16", "float32")
    assert set(findings["data"]) == set(CATALOG)


def test_the_doctor_s_table_names_the_same(pilgi):
    answer = pilgi("doctor")
    assert answer.code == 0
    assert "onnxruntime" in answer.out
    assert "mnist" in answer.out
