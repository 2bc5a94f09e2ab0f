import { postgresNearTables } from "../../index/sql.ts";

/**
 * The tables of the SQLite store, column by column. Texts compare by their bytes, as there, wherever the order or
 * the case of letters matters.
 */
export const firstSchema = `
CREATE DOMAIN plain AS text COLLATE "C";

CREATE TABLE issues (
  key integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id plain NOT NULL UNIQUE,
  algorithm integer NOT NULL,
  category plain NOT NULL,
  secondary_category plain,
  code plain,
  resource_type plain,
  action plain,
  first_seen plain NOT NULL,
  last_seen plain NOT NULL,
  occurrence_count integer NOT NULL,
  normalized_message plain NOT NULL,
  message plain NOT NULL
);
CREATE INDEX issues_by_last_seen ON issues (last_seen);

CREATE TABLE aliases (
  alias plain PRIMARY KEY,
  issue integer NOT NULL REFERENCES issues
);
CREATE INDEX aliases_by_issue ON aliases (issue);

CREATE TABLE tags (
  issue integer NOT NULL REFERENCES issues,
  tag plain NOT NULL
);
-- A text may be longer than an index can hold.
CREATE UNIQUE INDEX tags_once ON tags (issue, md5(tag));

${postgresNearTables}
CREATE TABLE occurrences (
  id plain NOT NULL UNIQUE,
  issue integer NOT NULL REFERENCES issues,
  at plain NOT NULL,
  archived integer NOT NULL DEFAULT 0 CHECK (archived IN (0, 1)),
  environment plain,
  operation plain,
  resource_address plain,
  run_id plain,
  message plain
);
CREATE INDEX occurrences_by_issue ON occurrences (issue, at);

CREATE TABLE carried (
  issue integer NOT NULL REFERENCES issues,
  source plain NOT NULL,
  count integer NOT NULL CHECK (count > 0),
  PRIMARY KEY (issue, source)
);

CREATE TABLE solutions (
  issue integer NOT NULL REFERENCES issues,
  id plain NOT NULL,
  description plain NOT NULL,
  kind plain NOT NULL,
  steps plain NOT NULL,
  automation plain NOT NULL,
  automated integer NOT NULL CHECK (automated IN (0, 1)),
  impact plain NOT NULL,
  root_cause plain,
  origin plain NOT NULL,
  PRIMARY KEY (issue, id)
);

CREATE TABLE attempts (
  id plain PRIMARY KEY,
  issue integer NOT NULL,
  solution plain NOT NULL,
  at plain NOT NULL,
  outcome plain NOT NULL CHECK (outcome IN ('success', 'failure', 'abandoned')),
  proven_by plain NOT NULL CHECK (proven_by IN ('re-run', 'person', 'imported')),
  environment plain,
  protected_environment integer,
  run_id plain,
  duration_seconds double precision,
  FOREIGN KEY (issue, solution) REFERENCES solutions (issue, id)
);
CREATE INDEX attempts_by_solution ON attempts (issue, solution, at);
CREATE INDEX attempts_by_run ON attempts (run_id) WHERE run_id IS NOT NULL;
CREATE INDEX attempts_by_solution_id ON attempts (solution);
CREATE INDEX attempts_by_success ON attempts (issue, at) WHERE outcome = 'success';

CREATE TABLE notes (
  issue integer NOT NULL REFERENCES issues,
  at plain NOT NULL,
  author plain NOT NULL,
  text plain NOT NULL
);
CREATE UNIQUE INDEX notes_once ON notes (issue, at, author, md5(text));

CREATE TABLE links (
  low integer NOT NULL REFERENCES issues,
  high integer NOT NULL REFERENCES issues,
  why plain NOT NULL,
  CHECK (low < high)
);
CREATE UNIQUE INDEX links_once ON links (low, high, md5(why));
CREATE INDEX links_by_high ON links (high);
`;
