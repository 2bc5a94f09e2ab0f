/**
 * Cuts cleaned lines into one block for each error. Where Terraform says `Error:` or lists with `*`, that is where
 * an error starts; else a line that carries a service's code of its own, or tells of a consequence, starts one.
 */
export function splitErrors(lines: readonly string[]): readonly (readonly string[])[] {
  const starts = lines.some((line) => terraformStart.test(line))
    ? startsTerraform
    : lines.some((line) => toldStart.test(line))
      ? startsTold
      : startsCoded;
  const blocks: string[][] = [[]];
  let before = "";
  let listed = false;
  for (const line of lines) {
    listed = isListed(line, before, listed);
    const fresh = starts(line) && !listed && !continues(before, blocks.at(-1) ?? []);
    if (fresh && blocks.length < mostBlocks) blocks.push([]);
    blocks.at(-1)?.push(line);
    if (line !== "") before = line;
  }
  return blocks.filter((block) => block.some((line) => line !== ""));
}

/** More errors than this in one text are the same few again. */
const mostBlocks = 200;

const address = String.raw`(?:[\w.[\]"-]{1,300}: )?`;
const terraformStart = new RegExp(
  `^(?:${address}Error: |\\* \\S|Error (?:applying|running) plan:|Failed to save state)`,
);

function startsTerraform(line: string): boolean {
  return terraformStart.test(line) || isConsequenceLine(line);
}

/** Terraform before 0.12 told of its state and its backend without `Error:`. */
const toldStart =
  /^Error (?:loading|reloading|refreshing|inspecting|copying|migrating|locking|configuring|initializing|reading|saving|downloading|installing|parsing|validating) [\w"'-]{1,60}/;

function startsTold(line: string): boolean {
  return toldStart.test(line) || startsCoded(line);
}

const codedStart =
  /^(?![a-z(),;:]).{0,4000}?\(Service: [\w .]{1,60}[;,] Status Code: |An error occurred \(\w|^[A-Z][A-Za-z]{3,60}(?:Exception|Error|Denied|Exceeded): |\b(?:CREATE|UPDATE|DELETE|ROLLBACK)_FAILED\b|"(?:errorType|ResourceStatusReason)":|operation error [\w ]{1,60}: \w/;

function startsCoded(line: string): boolean {
  return codedStart.test(line) || isConsequenceLine(line);
}

/** A bullet of a list that the message itself announces (`the most common causes are:`), or what goes on with one. */
function isListed(line: string, before: string, listed: boolean): boolean {
  if (!line.startsWith("* ")) return listed && line !== "" && !terraformStart.test(line);
  return listed || (/[a-z]:$/.test(before) && !/error|fail|problem|plan\b|following/i.test(before));
}

/** `1 error(s) occurred:` introduces the next bullet, and a wrapped headline goes on: neither ends a block. */
function continues(before: string, block: readonly string[]): boolean {
  return /error\(?s?\)? occurred:$/.test(before) && block.filter((line) => line !== "").length <= 2;
}

const consequences: readonly RegExp[] = [
  /\bresource (?:creation|update|deletion) cancelled\b/i,
  /\bfollowing resource\(s\) failed to (?:create|update|delete)\b/i,
  /^(?:error: )?failed to persist state to backend/i,
  /\b(?:rollback|roll back) (?:requested|in progress|complete)/i,
  /\b(?:process completed with|exited with|exit) (?:code|status) \d{1,3}\.?$/i,
  /\bdependency (?:failed|.{1,80} failed|error)\b/i,
  /\b(?:UPDATE_)?ROLLBACK_IN_PROGRESS\b/,
  /^terraform does not automatically rollback/i,
  /\b(?:context|operation was|request) cancell?ed\b(?! (?:while waiting|\(client\.timeout))/i,
  /\bjob failed\b|\bcommand failed with exit\b|^make: \*\*\*/i,
  /^(?:build|deployment|deploy|command|step) failed[.!]?$/i,
];

/** Whether a message only says that something else went wrong. */
export function isConsequenceLine(text: string): boolean {
  const start = text.slice(0, 600);
  return consequences.some((pattern) => pattern.test(start));
}
