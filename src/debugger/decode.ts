import type { Diagnostic } from "../core/diagnostic.ts";
import { objectAt, parseObject, stringAt } from "../core/json.ts";
import type { Reading } from "../core/failure.ts";

/** Asks the cloud what an encoded authorisation message says; nothing when that is not permitted. */
export type Decode = (encoded: string) => Promise<string | undefined>;

interface Told {
  readonly text: string;
  readonly diagnostics?: readonly Diagnostic[];
}

/** The same texts with each encoded message replaced by the sentence that AWS writes where it does not encode. */
export async function decodeMessages<T extends Told>(told: T, reading: Reading, decode: Decode): Promise<T> {
  let decoded = told;
  for (const { encodedMessage, principal } of reading.failures) {
    if (encodedMessage === undefined) continue;
    const sentence = sentenceFrom(await decode(encodedMessage), principal);
    if (sentence !== undefined) decoded = replaceIn(decoded, encodedMessage, sentence);
  }
  return decoded;
}

/** Shape: https://docs.aws.amazon.com/STS/latest/APIReference/API_DecodeAuthorizationMessage.html */
function sentenceFrom(json: string | undefined, principal: string | undefined): string | undefined {
  const message = objectAt(parseObject(json ?? ""));
  const context = objectAt(message["context"]);
  const action = stringAt(context["action"]);
  if (action === undefined) return undefined;
  const who = stringAt(objectAt(context["principal"])["arn"]) ?? principal ?? "unknown";
  const resource = stringAt(context["resource"]);
  const on = resource === undefined ? "" : ` on resource: ${resource}`;
  const why =
    message["explicitDeny"] === true
      ? "with an explicit deny"
      : `because no identity-based policy allows the ${action} action`;
  return `User: ${who} is not authorized to perform: ${action}${on} ${why}`;
}

function replaceIn<T extends Told>(told: T, encoded: string, sentence: string): T {
  const diagnostics = told.diagnostics?.map((diagnostic) => ({
    ...diagnostic,
    summary: diagnostic.summary.replaceAll(encoded, sentence),
    detail: diagnostic.detail.replaceAll(encoded, sentence),
  }));
  return { ...told, text: told.text.replaceAll(encoded, sentence), ...(diagnostics ? { diagnostics } : {}) };
}
