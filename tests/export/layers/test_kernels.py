"""Every layer's kernel: there, compiled alone without a warning, its constants as the struct's."""

import re
import subprocess

import pytest

from pilgi.export.layers import KERNELS
from pilgi.export.writers.source import joined, template

LINES = ["logarithms", "search", "chances", "number", "views"]

ALONE = ["-std=c99", "-Wall", "-Wextra", "-Wpedantic", "-Wconversion", "-Wshadow", "-Werror"]


@pytest.mark.parametrize("name", [*KERNELS.values(), "answer"])
def test_it_compiles_alone_without_a_warning(gcc, tmp_path, name):
    for header in ("int8.h", "power.h"):
        (tmp_path / header).write_text(template(f"kernels/{header}"))
    (tmp_path / f"{name}.c").write_text(template(f"kernels/{name}.c"))
    flags = [*ALONE, "-Wno-unused-function", "-fsyntax-only"]
    subprocess.run([gcc, *flags, tmp_path / f"{name}.c"], check=True)


@pytest.mark.parametrize("name", LINES)
def test_what_reads_lines_compiles_alone_without_a_warning(gcc, tmp_path, name):
    for file in ("kernels/power.h", "lines/line.h", *(f"lines/{each}.c" for each in LINES)):
        (tmp_path / file).parent.mkdir(exist_ok=True)
        (tmp_path / file).write_text(template(file))
    flags = [*ALONE, "-Wno-unused-function", "-fsyntax-only"]
    subprocess.run([gcc, *flags, tmp_path / "lines" / f"{name}.c"], check=True)


@pytest.mark.parametrize("layer", KERNELS)
def test_its_struct_and_its_function_are_called_after_it(layer):
    name = KERNELS[layer]
    text = template(f"kernels/{name}.c")
    assert re.search(rf"}} pilgi_{name}_t;", text)
    assert re.search(rf"static void pilgi_{name}\(\s*const pilgi_{name}_t \*l", text)


@pytest.mark.parametrize("layer", KERNELS)
def test_its_equation_stands_at_the_head_of_both(layer):
    assert re.search(r"y(_o)? +=|row +=", layer.__doc__)
    assert template(f"kernels/{KERNELS[layer]}.c").startswith("/* ")


def test_joined_files_include_each_other_no_more():
    assert '#include "' not in joined(["kernels/int8.h", "kernels/mean.c"])
