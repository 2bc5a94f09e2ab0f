import type { SourceLine } from "../../handlers/iac/mending.ts";
import { FaberError } from "../core/error.ts";
import type { Place } from "../core/finding.ts";
import type { Fix, FixOffer, FixSituation, Workshop } from "./contract.ts";
import { refuse } from "./refuse.ts";
import { suggestedEdit, suggestsEdit } from "./suggested-edit.ts";

/** Changes one line of a file to what Terraform says that it should be. A person says yes to it, always. */
export function configEdit(workshop: Workshop): Fix {
  return {
    name: "config-edit",
    impact: "medium",
    spendsTry: true,
    exact: true,
    description: "Change the line as Terraform suggests",
    appliesTo: ({ at, message }) => at?.line !== undefined && suggestsEdit(message),
    offer: (situation) => offer(workshop, situation),
  };
}

type Line = Extract<SourceLine, { readonly kind: "line" }>;

async function offer({ iac }: Workshop, { diagnosis, stage }: FixSituation): Promise<FixOffer> {
  const { at, message } = diagnosis;
  const sources = iac.mending?.sources;
  if (!sources || at?.line === undefined) return refuse("the failure does not tell which line it is");
  const line = await sources.line(at);
  if (line.kind === "refused") return refuse(`the line is not to be changed here: ${line.why}`);
  const after = suggestedEdit(message, line.text);
  if (after === undefined)
    return refuse(`what Terraform suggests does not fit line ${at.line} of ${at.file} as it is`);
  const diff = [`${at.file}:${at.line}`, `- ${line.text}`, `+ ${after}`];
  // Later on the tests have judged the files as they are.
  if (stage !== "validate")
    return refuse(`the tests have seen ${at.file} as it is: change it and begin anew`, diff);
  return {
    kind: "offered",
    summary: `change line ${at.line} of ${at.file}`,
    diff,
    doubts: ["it changes a file of yours"],
    perform: async () => {
      await write(line, after, at);
      return {
        summary: `${at.file}:${at.line} says ${after.trim()}`,
        undo: async () => {
          const now = await sources.line(at);
          if (now.kind === "refused" || now.text !== after) throw meanwhile(at);
          await write(now, line.text, at);
          return `${at.file}:${at.line} says again ${line.text.trim()}`;
        },
      };
    },
  };
}

async function write(line: Line, text: string, at: Place): Promise<void> {
  if (!(await line.replace(text))) throw meanwhile(at);
}

function meanwhile({ file, line }: Place): FaberError {
  return new FaberError({
    code: "source-changed",
    exit: "wrong-usage",
    message: `line ${line ?? "?"} of ${file} was changed by somebody else meanwhile`,
    hints: ["look at it, and change it by hand"],
  });
}
