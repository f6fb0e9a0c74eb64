"""What people wrote: store.py keeps it in SQLite, export.py writes it as data sets, scores.py says
how a recognizer does on it.
"""

from pilgi.serve.samples.store import Sample, SampleStore, WriterCount

__all__ = ["Sample", "SampleStore", "WriterCount"]
