import type { Fragment } from "./fragment.ts";
import { accessProblems } from "./problems/aws-access.ts";
import { computeProblems } from "./problems/aws-compute.ts";
import { containerProblems } from "./problems/aws-containers.ts";
import { dataProblems } from "./problems/aws-data.ts";
import { edgeProblems } from "./problems/aws-edge.ts";
import { limitProblems } from "./problems/aws-limits.ts";
import { resourceProblems } from "./problems/aws-resources.ts";
import { templateProblems } from "./problems/cloudformation.ts";
import { clusterProblems } from "./problems/kubernetes.ts";
import { networkProblems } from "./problems/network.ts";
import { canonicalCode, saysPhrase, saysSqueezed, type Problem } from "./problems/problem.ts";
import { runtimeProblems } from "./problems/runtime.ts";
import { stateProblems, type StateProblem } from "./problems/state.ts";
import { languageProblems } from "./problems/terraform-language.ts";
import { planningProblems } from "./problems/terraform-planning.ts";
import { providerProblems } from "./problems/terraform-providers.ts";
import { referenceProblems } from "./problems/terraform-references.ts";
import { runningProblems } from "./problems/terraform-running.ts";

/** Which known problems a text tells of: the one around it, the one itself, and by what it was told. */
export interface Recognised {
  /** A problem of the state, whose cause is `problem`. */
  readonly outer?: StateProblem;
  readonly problem?: Problem;
  readonly by?: "phrase" | "code";
}

/** Services' words first, as they are the most exact; Terraform's own last, as they also wrap others' words. */
export function recognise(fragment: Fragment, flat: string, code: string | undefined): Recognised {
  const outer = stateProblems.find((problem) => problem.phrases.some((phrase) => saysPhrase(flat, phrase)));
  if (outer !== undefined && !outer.inner) return { outer };
  const found = inner(fragment, flat, code);
  return outer === undefined ? found : { ...found, outer };
}

function inner(fragment: Fragment, flat: string, code: string | undefined): Recognised {
  const found = told(fragment, flat, code);
  if (found.problem !== undefined || fragment.wrapped !== true) return found;
  const squeezed = flat.slice(0, longestSqueezed).replace(/\s/g, "");
  const broken = [...serviceTables, ...terraformTables]
    .flat()
    .find((problem) => problem.phrases.some((phrase) => saysSqueezed(squeezed, phrase)));
  return broken === undefined ? found : { problem: broken, by: "phrase" };
}

const longestSqueezed = 2_000;

function told(fragment: Fragment, flat: string, code: string | undefined): Recognised {
  const said = says(flat, serviceTables);
  if (said !== undefined) return { problem: said, by: "phrase" };
  const canonical = code === undefined ? undefined : canonicalCode(code);
  const coded =
    canonical === undefined ? undefined : codedProblems.find((problem) => problem.codes?.includes(canonical));
  if (coded !== undefined) return { problem: coded, by: "code" };
  // An answer of a service is no error of Terraform's, whatever words it uses.
  if (canonical !== undefined && /status ?code: ?\d{3}|status code: 4/i.test(fragment.text)) return {};
  if (flat === "unauthorized" || flat === "unauthorized.")
    return { problem: kubernetesUnauthorized, by: "phrase" };
  const around = `${fragment.excerpt} ${flat} ${fragment.notes.join(" ")}`.toLowerCase();
  const terraform = says(around, terraformTables);
  return terraform === undefined ? {} : { problem: terraform, by: "phrase" };
}

function says(flat: string, tables: readonly (readonly Problem[])[]): Problem | undefined {
  for (const table of tables) {
    const found = table.find((problem) => problem.phrases.some((phrase) => saysPhrase(flat, phrase)));
    if (found !== undefined) return found;
  }
  return undefined;
}

const awsTables = [
  accessProblems,
  limitProblems,
  resourceProblems,
  computeProblems,
  containerProblems,
  dataProblems,
  edgeProblems,
  templateProblems,
];
const serviceTables = [...awsTables, runtimeProblems, clusterProblems, networkProblems];
const terraformTables = [
  providerProblems,
  languageProblems,
  planningProblems,
  referenceProblems,
  runningProblems,
];
const codedProblems = [...awsTables, runtimeProblems].flat();
const kubernetesUnauthorized: Problem = {
  name: "kubernetes-unauthorized",
  category: "permission",
  phrases: [],
};
