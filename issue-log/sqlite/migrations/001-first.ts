import { sqliteNearTables } from "../../index/sql.ts";

/**
 * The first schema. An occurrence whose message is null has its issue's. What can be counted from attempts is
 * stored nowhere.
 */
export const firstSchema = `
CREATE TABLE issues (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  algorithm INTEGER NOT NULL,
  category TEXT NOT NULL,
  secondary_category TEXT,
  code TEXT,
  resource_type TEXT,
  action TEXT,
  first_seen TEXT NOT NULL,
  last_seen TEXT NOT NULL,
  occurrence_count INTEGER NOT NULL,
  normalized_message TEXT NOT NULL,
  message TEXT NOT NULL
) STRICT;
CREATE INDEX issues_by_last_seen ON issues (last_seen);

CREATE TABLE aliases (
  alias TEXT PRIMARY KEY,
  issue INTEGER NOT NULL REFERENCES issues
) STRICT, WITHOUT ROWID;
CREATE INDEX aliases_by_issue ON aliases (issue);

CREATE TABLE tags (
  issue INTEGER NOT NULL REFERENCES issues,
  tag TEXT NOT NULL,
  PRIMARY KEY (issue, tag)
) STRICT, WITHOUT ROWID;

${sqliteNearTables}
CREATE TABLE occurrences (
  id TEXT NOT NULL UNIQUE,
  issue INTEGER NOT NULL REFERENCES issues,
  at TEXT NOT NULL,
  archived INTEGER NOT NULL DEFAULT 0 CHECK (archived IN (0, 1)),
  environment TEXT,
  operation TEXT,
  resource_address TEXT,
  run_id TEXT,
  message TEXT
) STRICT;
CREATE INDEX occurrences_by_issue ON occurrences (issue, at);

CREATE TABLE carried (
  issue INTEGER NOT NULL REFERENCES issues,
  source TEXT NOT NULL,
  count INTEGER NOT NULL CHECK (count > 0),
  PRIMARY KEY (issue, source)
) STRICT, WITHOUT ROWID;

CREATE TABLE solutions (
  issue INTEGER NOT NULL REFERENCES issues,
  id TEXT NOT NULL,
  description TEXT NOT NULL,
  kind TEXT NOT NULL,
  steps TEXT NOT NULL,
  automation TEXT NOT NULL,
  automated INTEGER NOT NULL CHECK (automated IN (0, 1)),
  impact TEXT NOT NULL,
  root_cause TEXT,
  origin TEXT NOT NULL,
  PRIMARY KEY (issue, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE attempts (
  id TEXT PRIMARY KEY,
  issue INTEGER NOT NULL,
  solution TEXT NOT NULL,
  at TEXT NOT NULL,
  outcome TEXT NOT NULL CHECK (outcome IN ('success', 'failure', 'abandoned')),
  proven_by TEXT NOT NULL CHECK (proven_by IN ('re-run', 'person', 'imported')),
  environment TEXT,
  protected_environment INTEGER,
  run_id TEXT,
  duration_seconds REAL,
  FOREIGN KEY (issue, solution) REFERENCES solutions (issue, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX attempts_by_solution ON attempts (issue, solution, at);
CREATE INDEX attempts_by_run ON attempts (run_id) WHERE run_id IS NOT NULL;
CREATE INDEX attempts_by_solution_id ON attempts (solution);
CREATE INDEX attempts_by_success ON attempts (issue, at) WHERE outcome = 'success';

CREATE TABLE notes (
  issue INTEGER NOT NULL REFERENCES issues,
  at TEXT NOT NULL,
  author TEXT NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (issue, at, author, text)
) STRICT, WITHOUT ROWID;

CREATE TABLE links (
  low INTEGER NOT NULL REFERENCES issues,
  high INTEGER NOT NULL REFERENCES issues,
  why TEXT NOT NULL,
  PRIMARY KEY (low, high, why),
  CHECK (low < high)
) STRICT, WITHOUT ROWID;
CREATE INDEX links_by_high ON links (high);
`;
