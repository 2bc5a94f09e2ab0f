/** Parts of an ARN. Format: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html */
export interface Arn {
  readonly partition: string;
  readonly service: string;
  readonly region: string;
  readonly account: string;
  readonly resource: string;
}

export function parseArn(text: string): Arn | undefined {
  const [head, partition, service, region, account, ...rest] = text.split(":");
  const resource = rest.join(":");
  if (head !== "arn" || !partition || !service || region === undefined || account === undefined)
    return undefined;
  return resource === "" ? undefined : { partition, service, region, account, resource };
}

/** The name at the end of an ARN or a URL: `orders` of `arn:aws:sqs:…:orders`; any other text as it is. */
export function nameIn(text: string): string {
  if (!/^(?:arn:|https?:\/\/)/.test(text)) return text;
  return text.split(/[:/]/).findLast((part) => part !== "") ?? text;
}

/** Whether an IAM pattern (`*`: any text, `?`: one character) takes a text in. Linear: no pattern can make it slow. */
export function covers(pattern: string, text: string): boolean {
  let [at, from, star, mark] = [0, 0, -1, 0];
  while (from < text.length) {
    if (at < pattern.length && (pattern[at] === "?" || (pattern[at] === text[from] && pattern[at] !== "*"))) {
      at += 1;
      from += 1;
    } else if (pattern[at] === "*") {
      star = at;
      mark = from;
      at += 1;
    } else if (star >= 0) {
      at = star + 1;
      mark += 1;
      from = mark;
    } else return false;
  }
  return /^\**$/.test(pattern.slice(at));
}
