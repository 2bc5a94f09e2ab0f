import { FaberError } from "../../src/core/error.ts";

/** What a postgres:// URL says, apart for the driver and for messages. */
export interface Address {
  /** For the driver alone: it may hold a password. */
  readonly connectionString: string;
  /** For messages: host, port and database. */
  readonly name: string;
  readonly password?: string;
}

/** Modes that the driver would take for `verify-full`, unless it is told to do as PostgreSQL's own clients do. */
const modesOfLibpq = ["prefer", "require", "verify-ca"];

/** Throws FaberError `issue-log-invalid-url`, without the URL: it may hold a password. */
export function addressOf(url: string): Address {
  const parsed = parse(url);
  const query = parsed.searchParams;
  if (modesOfLibpq.includes(query.get("sslmode") ?? "") && !query.has("uselibpqcompat"))
    query.set("uselibpqcompat", "true");
  const host = query.get("host") ?? decoded(parsed.hostname);
  const port = query.get("port") ?? parsed.port;
  const database = decoded(parsed.pathname.slice(1));
  const password = query.get("password") ?? decoded(parsed.password);
  return {
    connectionString: withDoubts(url, parsed),
    name: `${host === "" ? "PostgreSQL" : host}${port === "" ? "" : `:${port}`}${database === "" ? "" : `/${database}`}`,
    ...(password !== "" && { password }),
  };
}

/** The host may be left out when `?host=` or the surroundings name it; then an URL cannot have a user. */
function parse(url: string): URL {
  const parsed = [url, url.replace("@/", `@${placeholder}/`)].find((text) => URL.canParse(text));
  if (parsed !== undefined) return new URL(parsed);
  throw invalidUrl();
}

const placeholder = "host.invalid";

function withDoubts(url: string, parsed: URL): string {
  return URL.canParse(url) ? parsed.href : parsed.href.replace(`@${placeholder}/`, "@/");
}

function decoded(text: string): string {
  if (text === placeholder) return "";
  try {
    return decodeURIComponent(text);
  } catch {
    // A stray percent sign; thrown anew, since the first error holds the text.
    throw invalidUrl();
  }
}

function invalidUrl(): FaberError {
  return new FaberError({
    code: "issue-log-invalid-url",
    exit: "wrong-usage",
    message: "issue_log.url is no valid postgres:// URL",
    hints: [
      "write it like postgres://USER:PASSWORD@HOST:5432/DATABASE?sslmode=verify-full",
      "in user and password, write special characters as %XX, e.g. @ as %40; or leave the password to PGPASSWORD or ~/.pgpass",
    ],
  });
}
