import { terraformTypeOf } from "./services.ts";

/** What CloudFormation reports of a thing before it says why, and the thing's type where it is named. */
export interface WithoutEvent {
  readonly rest: string;
  readonly type?: string;
}

const status = String.raw`(?:CREATE|UPDATE|DELETE|IMPORT|ROLLBACK|UPDATE_ROLLBACK)_(?:FAILED|IN_PROGRESS)`;
const type = String.raw`((?:AWS|Custom|Alexa)::[\w:]{2,80})`;
const name = String.raw`[\w-]{1,128}(?: \([\w/-]{1,128}\))?`;
const gap = String.raw`[\s|-]{1,40}`;
const date = String.raw`(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) \w{3} \d{1,2} \d{4} [\d:]{5,8} GMT\S{0,6}(?: \([^)]{0,40}\))?)?`;

/** Status, type and logical ID in the order in which the console, CDK, Amplify and Serverless print them. */
const events: readonly RegExp[] = [
  new RegExp(String.raw`\b${status}${gap}${type}${gap}${name}[\s|-]{1,20}`),
  new RegExp(String.raw`\b${status}${gap}${name}${gap}${type}${gap}${date}\s{0,20}`),
  /(?<!['"])\b(?:CREATE|UPDATE|DELETE|ROLLBACK)_FAILED\b(?!['"]| (?:status|state)\b)(?:[\s|]{1,20}(Custom::\w{1,80})\s{0,4}\|)?[\s|:*-]{0,20}/,
  /^(?:Error: )?An error occurred: \w{1,128} - /,
];

/** A stack in a stack, a stack that was rolled back, and a custom resource tell the reason of what failed within. */
const nested =
  /\bReceived response status \[FAILED\] from custom resource\. Message returned: |\bwas not successfully \w{3,20}[.:]? (?:Currently in \w{3,60} with reason: )?|\bCurrently in \w{3,60} with reason: /;

export function withoutEvent(text: string): WithoutEvent {
  const found = events.map((event) => event.exec(text)).find((match) => match !== null);
  const match = found ?? undefined;
  const rest = match === undefined ? text : text.slice(match.index + match[0].length);
  const reason = withoutHandler(withoutStack(rest));
  if (reason.trim() === "") return { rest: text };
  const named = terraformTypeOf(match?.[1] ?? "");
  return named === undefined || nested.test(rest) ? { rest: reason } : { rest: reason, type: named };
}

const handler = /^.{0,400}?\bResource handler returned message: "?/;
const request = /\(RequestToken: [^)]{0,200}\)/;

/** What a resource's handler answered, without what a tool says before and after. */
function withoutHandler(text: string): string {
  const said = handler.exec(text);
  if (said === null) return text;
  const rest = text.slice(said[0].length);
  const end = request.exec(rest);
  return end === null ? rest : rest.slice(0, end.index + end[0].length);
}

function withoutStack(text: string): string {
  const match = nested.exec(text);
  const inner = match === null ? "" : text.slice(match.index + match[0].length);
  return inner.trim().length > 8 ? inner : text;
}
