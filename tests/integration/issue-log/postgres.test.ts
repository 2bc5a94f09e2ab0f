import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import type { IssueLog } from "../../../issue-log/contract.ts";
import { openIssueLog } from "../../../issue-log/open.ts";
import { openPostgresIssueLog } from "../../../issue-log/postgres/index.ts";
import { migrations } from "../../../issue-log/postgres/migrations/index.ts";
import { FaberError } from "../../../src/core/error.ts";
import { createRedactor } from "../../../src/core/redact.ts";
import { exchanging } from "../../contract/issue-log/exchanging.ts";
import { finding } from "../../contract/issue-log/finding.ts";
import { remembering } from "../../contract/issue-log/remembering.ts";
import { attemptOf, failureOf, solutionOf } from "../../contract/issue-log/samples.ts";
import { newLog, placeAt, stores, type Store } from "../../contract/issue-log/stores.ts";
import {
  postgresPassword,
  startPostgres,
  whyNoPostgres,
  type PostgresServer,
} from "../../helpers/postgres.ts";
import { createRandom } from "../../helpers/random.ts";
import { buildWriter, startWriter } from "./writers.ts";

async function onSqlite(): Promise<IssueLog> {
  const [sqlite] = stores.filter(({ name }) => name === "SQLite");
  if (!sqlite) throw new Error("there is no store on SQLite to compare with");
  return newLog(sqlite);
}

const missing = whyNoPostgres();
if (missing !== undefined) console.warn(`skipped: issue log on PostgreSQL: ${missing}`);

describe.skipIf(missing !== undefined)("an issue log on PostgreSQL", () => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server.stop());

  const store: Store = {
    name: "PostgreSQL",
    place: async () => placeAt(await server.newDatabase(), "/"),
  };
  remembering(store);
  finding(store);
  exchanging(store);

  const opening = (url: string): Promise<IssueLog> =>
    openIssueLog({ url, cwd: "/", redactor: createRedactor() });
  const open = async (url: string): Promise<IssueLog> => {
    const log = await opening(url);
    onTestFinished(() => log.close());
    return log;
  };

  describe("with many writers", () => {
    test("twenty processes that begin a log at once write 2,000 occurrences into it", async () => {
      const [writer, url] = [await buildWriter(), await server.newDatabase()];
      const started = Array.from({ length: 20 }, (_, index) =>
        startWriter([process.execPath, writer, "records", url, String(index)]),
      );
      const codes = await Promise.all(started.map(({ ended }) => ended));
      expect(codes, started.flatMap((one) => one.lines()).join("\n")).toEqual(started.map(() => 0));
      const issues = await (await open(url)).list();
      expect(issues.map(({ occurrenceCount }) => occurrenceCount)).toEqual(Array(10).fill(200));
      const rows = await server.query(
        url,
        "SELECT count(*)::integer AS count FROM faber_issue_log.occurrences",
      );
      expect(rows).toEqual([{ count: 2_000 }]);
    });

    test("two merges and a writer at once count everything once", async () => {
      const url = await server.newDatabase();
      const source = await onSqlite();
      const names = Array.from("abcdefghijkl", (letter) => `problem ${letter}`);
      for (const name of names) await source.record(failureOf(name));
      const dossiers = [];
      for await (const dossier of source.dossiers()) dossiers.push({ ...dossier, tokens: [] });
      const [first, second, third] = [await open(url), await open(url), await open(url)];
      await Promise.all([
        first.merge(dossiers),
        second.merge(dossiers.toReversed()),
        ...names.map((name) => third.record(failureOf(name))),
      ]);
      expect((await first.list()).map(({ occurrenceCount }) => occurrenceCount)).toEqual(names.map(() => 2));
    });

    test("what was acknowledged outlives a crash of the server, and the log goes on", async () => {
      const url = await server.newDatabase();
      const log = await open(url);
      const { issue } = await log.record(failureOf("the server will crash"));
      await log.teach(issue.id, solutionOf("s"));
      await log.remember(attemptOf(issue.id, "s", { id: "before" }));
      await server.crash();
      // The broken connection is told of once, then replaced.
      await log.find(issue.id).catch(() => undefined);
      await log.remember(attemptOf(issue.id, "s", { id: "after" }));
      expect((await log.attemptsFor({})).map(({ id }) => id).toSorted()).toEqual(["after", "before"]);
    });
  });

  test("the same answers as SQLite gives to near matches", async () => {
    const random = createRandom(5);
    const words = Array.from({ length: 60 }, () => random.text(6, "abcdefghij"));
    const message = (): string => Array.from({ length: 9 }, () => random.pick(words)).join(" ");
    const logs = [await newLog(store), await onSqlite()];
    for (let count = 0; count < 400; count += 1) {
      const input = failureOf(message());
      for (const log of logs) await log.record(input);
    }
    for (let count = 0; count < 40; count += 1) {
      const { tokens } = failureOf(message());
      const [theirs, ours] = await Promise.all(
        logs.map(async (log) =>
          (await log.candidates({ tokens, limit: 5 })).map((near) => [near.issue.id, near.similarity]),
        ),
      );
      expect(theirs?.length).toBe(5);
      expect(theirs).toEqual(ours);
    }
  });

  describe("tells apart", () => {
    const refusal = async (url: string): Promise<FaberError> => {
      const error: unknown = await opening(url).then(
        (log) => log.close(),
        (thrown: unknown) => thrown,
      );
      if (!(error instanceof FaberError)) throw new Error(`no FaberError: ${String(error)}`);
      const told = JSON.stringify([error.message, error.why, error.hints, String(error.cause), error.stack]);
      for (const form of [postgresPassword, encodeURIComponent(postgresPassword), "wr0ng-secret"])
        expect(told).not.toContain(form);
      return error;
    };

    test("a server that is not there", async () => {
      const error = await refusal(server.urlOf("postgres").replace(`:${server.port}`, ":4769"));
      expect(error).toMatchObject({ code: "issue-log-unreachable" });
      expect(error.message).toContain("127.0.0.1:4769/postgres");
    });

    test("a host that does not exist", async () => {
      const url = "postgres://u:wr0ng-secret@no-such-host.invalid/db";
      expect(await refusal(url)).toMatchObject({ code: "issue-log-unreachable" });
    });

    test("a wrong password", async () => {
      const url = server.urlOf("postgres").replace(/:[^:@]+@/, ":wr0ng-secret@");
      expect(await refusal(url)).toMatchObject({
        code: "issue-log-login-refused",
        exitName: "credentials-or-permissions",
      });
    });

    test("a database that does not exist", async () => {
      expect(await refusal(server.urlOf("nothing_here"))).toMatchObject({ code: "issue-log-no-database" });
    });

    test.each(["postgres://u:wr0ng-secret@host:notaport/db", "postgres://u:wr0ng-secret%@host/db"])(
      "a URL that is none: %s",
      async (url) => {
        expect(await refusal(url)).toMatchObject({ code: "issue-log-invalid-url" });
      },
    );

    test("a schema of a newer faber", async () => {
      const url = await server.newDatabase();
      await (await opening(url)).close();
      await server.query(url, "UPDATE faber_issue_log.schema_version SET version = version + 1");
      const error = await refusal(url);
      expect(error).toMatchObject({ code: "issue-log-too-new" });
      expect(error.message).toContain(`schema ${migrations.length + 1};`);
    });

    test("another program's schema, which stays as it is", async () => {
      const url = await server.newDatabase();
      await server.query(url, "CREATE SCHEMA faber_issue_log");
      expect(await refusal(url)).toMatchObject({ code: "issue-log-foreign-database" });
    });

    test("a database that cannot hold every text", async () => {
      const url = await server.newDatabase("ENCODING 'LATIN1' LOCALE 'C'");
      expect(await refusal(url)).toMatchObject({ code: "issue-log-other-encoding" });
    });

    test("a user without rights, and one that may only read", async () => {
      const url = await server.newDatabase();
      await server.query(url, "CREATE ROLE reader LOGIN PASSWORD 'wr0ng-secret'");
      const theirs = url.replace(/\/\/[^@]+@/, "//reader:wr0ng-secret@");
      expect(await refusal(theirs)).toMatchObject({ code: "issue-log-not-permitted" });

      const log = await open(url);
      const { issue } = await log.record(failureOf("seen by all"));
      await server.query(url, "GRANT USAGE ON SCHEMA faber_issue_log TO reader");
      await server.query(url, "GRANT SELECT ON ALL TABLES IN SCHEMA faber_issue_log TO reader");
      const reading = await open(theirs);
      expect((await reading.find(issue.id))?.id).toBe(issue.id);
      await expect(reading.record(failureOf("another"))).rejects.toMatchObject({
        code: "issue-log-not-permitted",
      });
    });

    test("a server that takes no writes, which can be read all the same", async () => {
      const url = await server.newDatabase();
      const { issue } = await (await open(url)).record(failureOf("written before"));
      const name = new URL(url).pathname.slice(1);
      await server.query(url, `ALTER DATABASE ${name} SET default_transaction_read_only = on`);
      const reading = await open(url);
      expect((await reading.list()).map(({ id }) => id)).toEqual([issue.id]);
      const refused = { code: "issue-log-read-only", exitName: "wrong-usage" };
      await expect(reading.record(failureOf("written after"))).rejects.toMatchObject(refused);
      expect(await reading.list()).toHaveLength(1);
      expect(await refusal(await readOnlyDatabase())).toMatchObject(refused);
    });

    const readOnlyDatabase = async (): Promise<string> => {
      const url = await server.newDatabase();
      const name = new URL(url).pathname.slice(1);
      await server.query(url, `ALTER DATABASE ${name} SET default_transaction_read_only = on`);
      return url;
    };

    test("somebody who holds the log for too long", async () => {
      const url = await server.newDatabase();
      const log = await openPostgresIssueLog(url, { redactor: createRedactor(), busyTimeoutMs: 100 });
      onTestFinished(() => log.close());
      const holder = new Client({ connectionString: url });
      await holder.connect();
      await holder.query("BEGIN; LOCK TABLE faber_issue_log.issues IN ACCESS EXCLUSIVE MODE");
      const held = { code: "issue-log-locked", exitName: "locked" };
      await expect(log.record(failureOf("waits"))).rejects.toMatchObject(held);
      await holder.end();
      expect((await log.record(failureOf("passes again"))).isNew).toBe(true);
    });
  });

  describe("over TLS", () => {
    const onLocalhost = (mode: string): string =>
      `${server.urlOf("postgres").replace("127.0.0.1", "localhost")}?${mode}`;

    test("a certificate that nobody vouches for is refused, unless the URL accepts it", async (context) => {
      const { certificate } = server;
      if (certificate === undefined) return context.skip("there is no openssl to make a certificate with");
      await expect(opening(onLocalhost("sslmode=verify-full"))).rejects.toMatchObject({
        code: "issue-log-tls",
      });
      await expect(
        opening(onLocalhost(`sslmode=verify-full&sslrootcert=${certificate}.missing`)),
      ).rejects.toMatchObject({ code: "issue-log-tls" });
      await open(onLocalhost(`sslmode=verify-full&sslrootcert=${certificate}`));
      await open(onLocalhost(`sslmode=verify-ca&sslrootcert=${certificate}`));
      await open(onLocalhost("sslmode=require"));
      const [row] = await server.query(
        server.urlOf("postgres"),
        "SELECT count(*)::integer AS count FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) WHERE ssl AND application_name = 'faber'",
      );
      expect(row).toEqual({ count: 3 });
      // A name that the certificate does not have.
      const otherName = server.urlOf("postgres");
      await expect(
        opening(`${otherName}?sslmode=verify-full&sslrootcert=${certificate}`),
      ).rejects.toMatchObject({ code: "issue-log-tls" });
    });
  });

  test("is reached by a socket in a folder, too", async () => {
    const [login] = server.urlOf("postgres").split("@127");
    await open(`${login}@/postgres?host=${encodeURIComponent(server.folder)}&port=${server.port}`);
  });
});
