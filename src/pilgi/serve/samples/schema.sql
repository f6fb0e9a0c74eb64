CREATE TABLE IF NOT EXISTS writer (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  consented TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS sample (
  id INTEGER PRIMARY KEY,
  writer INTEGER NOT NULL REFERENCES writer (id) ON DELETE CASCADE,
  written TEXT NOT NULL,
  strokes TEXT NOT NULL,
  ink BLOB NOT NULL,
  label TEXT,
  answer TEXT,
  confidence REAL NOT NULL,
  recognizer TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS sample_writer ON sample (writer);
CREATE INDEX IF NOT EXISTS sample_written ON sample (written);
CREATE TABLE IF NOT EXISTS setting (name TEXT PRIMARY KEY, value TEXT NOT NULL);
