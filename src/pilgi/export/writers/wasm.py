"""WebAssembly: the same C by ziglang's clang, and a small typed wrapper."""

from collections.abc import Mapping

from pilgi.export import compiler
from pilgi.export.artifact import Artifact
from pilgi.export.writers.c import sources
from pilgi.export.writers.job import Job
from pilgi.export.writers.lines import line_sources
from pilgi.export.writers.source import renamed, script, template


def write_wasm(job: Job) -> Artifact:
    """Write the folder: NAME.wasm, NAME.js and its types, NAME.d.ts."""
    return _written(job, sources(job), "wasm.c", "recognizer")


def write_line_wasm(job: Job) -> Artifact:
    """Write the same of a reader of lines."""
    return _written(job, line_sources(job.line, job.name), "lines/wasm.c", "line")


def _written(job: Job, written: Mapping[str, str], entry: str, called: str) -> Artifact:
    """Write C as WebAssembly: entry, what JavaScript calls; called, its wrapper under js/."""
    exported = [f"{job.name}_ink", f"{job.name}_answer"]
    module = compiler.wasm({**written, "wasm.c": renamed(template(entry), job.name)}, exported)
    files = {
        f"{job.name}.wasm": module,
        f"{job.name}.js": script(f"{called}.js", job.name).encode(),
        f"{job.name}.d.ts": script(f"{called}.d.ts", job.name).encode(),
    }
    return job.write_folder("wasm", files, {"module": len(module)})
