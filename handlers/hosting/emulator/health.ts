import { objectAt, parseObject, stringAt } from "../../../src/core/json.ts";

export type Health =
  | { readonly running: false; readonly why: string }
  /** `program` is `other` for a server that answers, but not as MiniStack or LocalStack do. */
  | {
      readonly running: true;
      readonly program: "ministack" | "localstack" | "other";
      readonly version?: string;
    };

const answerWithinMs = 3_000;

/** Whether anything answers HTTP at the endpoint, and what it is. */
export async function healthOf(endpoint: string, signal?: AbortSignal): Promise<Health> {
  for (const program of ["ministack", "localstack"] as const) {
    const answer = await get(`${endpoint}/_${program}/health`, signal);
    if ("why" in answer) return { running: false, why: answer.why };
    if (!answer.ok) continue;
    const said = objectAt(parseObject(answer.text));
    if (said["services"] === undefined) continue;
    const version = stringAt(said["version"]);
    return { running: true, program, ...(version === undefined ? {} : { version }) };
  }
  return { running: true, program: "other" };
}

type Answer = { readonly ok: boolean; readonly text: string } | { readonly why: string };

async function get(url: string, signal: AbortSignal | undefined): Promise<Answer> {
  const timeout = AbortSignal.timeout(answerWithinMs);
  try {
    const response = await fetch(url, {
      signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
      redirect: "manual",
    });
    return { ok: response.ok, text: await response.text() };
  } catch (error) {
    signal?.throwIfAborted();
    return { why: reasonOf(error) };
  }
}

/** `fetch` says only "fetch failed"; the reason lies in its cause. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === "TimeoutError") return `no answer within ${answerWithinMs / 1_000} s`;
  const cause = error.cause instanceof Error ? error.cause : error;
  const code = "code" in cause && typeof cause.code === "string" ? cause.code : "";
  return cause.message || code;
}
