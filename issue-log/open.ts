import { isAbsolute, resolve } from "node:path";
import { FaberError } from "../src/core/error.ts";
import type { Redactor } from "../src/core/redact.ts";
import type { IssueLog } from "./contract.ts";

export interface OpenIssueLog {
  /** A file's path, or `postgres://…`: the setting `issue_log.url`. */
  readonly url: string;
  /** What a relative path starts from. */
  readonly cwd: string;
  readonly redactor: Redactor;
}

/** Opens the log that a setting names; a file that is missing is made. Throws FaberError `issue-log-…`. */
export async function openIssueLog({ url, cwd, redactor }: OpenIssueLog): Promise<IssueLog> {
  if (/^postgres(?:ql)?:\/\//i.test(url)) {
    const { openPostgresIssueLog } = await import("./postgres/index.ts");
    return openPostgresIssueLog(url, { redactor });
  }
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(url)) throw unknownScheme(url);
  const { openSqliteIssueLog } = await import("./sqlite/index.ts");
  return openSqliteIssueLog(isAbsolute(url) ? url : resolve(cwd, url), { redactor });
}

function unknownScheme(url: string): FaberError {
  return new FaberError({
    code: "issue-log-unknown-url",
    exit: "wrong-usage",
    // The rest of a URL may hold a password.
    message: `an issue log cannot be kept in "${url.slice(0, url.indexOf(":"))}://…"`,
    hints: ["name a file with issue_log.url, or postgres://USER@HOST/DATABASE"],
  });
}
