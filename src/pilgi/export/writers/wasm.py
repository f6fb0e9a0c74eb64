"""WebAssembly: the same C by ziglang's clang, and a small typed wrapper."""

from pilgi.export import compiler
from pilgi.export.artifact import Artifact
from pilgi.export.writers.c import sources
from pilgi.export.writers.job import Job
from pilgi.export.writers.source import renamed, script, template


def write_wasm(job: Job) -> Artifact:
    """Write the folder: NAME.wasm, NAME.js and its types, NAME.d.ts."""
    module = module_of(job)
    files = {
        f"{job.name}.wasm": module,
        f"{job.name}.js": script("recognizer.js", job.name).encode(),
        f"{job.name}.d.ts": script("recognizer.d.ts", job.name).encode(),
    }
    return job.write_folder("wasm", files, {"module": len(module)})


def module_of(job: Job) -> bytes:
    """Return the recognizer as a WebAssembly module."""
    written = {**sources(job), "wasm.c": renamed(template("wasm.c"), job.name)}
    return compiler.wasm(written, [f"{job.name}_ink", f"{job.name}_answer"])
