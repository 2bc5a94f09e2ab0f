import { matchesPattern } from "../../core/address-pattern.ts";
import type { PlannedResource } from "../plan/planned-resource.ts";
import { everywhere, unlessTest, type Hit, type Rule } from "../rule.ts";
import { holdsData, isPrecious } from "../stateful.ts";

const theme = "changes";

const statefulReplaced: Rule = {
  id: "stateful-replaced",
  theme,
  title: "The plan replaces a resource that holds data",
  why: "A replacement is a deletion: the new one is empty.",
  fix: "Change the argument that forces it in place if there is a way, move the data first, or use create_before_destroy with a copy.",
  source: "https://developer.hashicorp.com/terraform/cli/commands/plan#planning-modes",
  severity: unlessTest("MEDIUM", "HIGH"),
  check: ({ plan }) =>
    plan.lost
      .filter((resource) => resource.fate === "replace" && holdsData(resource.type))
      .map((resource) => {
        const because =
          resource.replacedFor.length === 0 ? "" : `, because ${listed(resource.replacedFor)} changes`;
        return {
          address: resource.address,
          message: `is deleted and made anew${because}: what it holds is lost`,
          ...(isPrecious(resource.type) ? {} : { severity: "MEDIUM" as const }),
        };
      }),
};

const statefulDeleted: Rule = {
  id: "stateful-deleted",
  theme,
  title: "The plan deletes a resource that holds data",
  why: "It goes with what it holds, and an apply cannot bring that back.",
  fix: "If it should stay, put it back, or let Terraform forget it with a removed block; else take a copy first.",
  source: "https://developer.hashicorp.com/terraform/language/block/removed",
  severity: unlessTest("LOW", "HIGH"),
  check: ({ plan }) =>
    plan.lost
      .filter((resource) => resource.fate === "delete" && holdsData(resource.type))
      .map((resource) => ({
        address: resource.address,
        message: `is deleted with what it holds`,
        ...(isPrecious(resource.type) ? {} : { severity: "LOW" as const }),
      })),
};

const tooManyDeletions: Rule = {
  id: "deletions-above-budget",
  theme,
  title: "The plan deletes more than deletions.max allows",
  why: "A wrong state, workspace or account shows first as a plan that deletes far more than anybody meant.",
  fix: "Look at why each goes. If it is meant, raise deletions.max in faber.yaml for this change.",
  source: "https://developer.hashicorp.com/terraform/cli/commands/plan",
  severity: everywhere("CRITICAL"),
  check: ({ plan, deletions }) => {
    if (deletions.max === undefined || plan.lost.length <= deletions.max) return [];
    const names = listed(plan.lost.map((resource) => resource.address));
    return [
      { message: `${plan.lost.length} are deleted or replaced, and ${deletions.max} may be: ${names}` },
    ];
  },
};

const protectedTypeLost: Rule = {
  id: "protected-type-deleted",
  theme,
  title: "The plan deletes a type that deletions.protected_types names",
  why: "The project's own file says that no plan may.",
  fix: "Keep it, or take the type out of deletions.protected_types for this change.",
  source: "https://developer.hashicorp.com/terraform/tutorials/state/resource-lifecycle",
  severity: everywhere("CRITICAL"),
  check: ({ plan, deletions }) => {
    return plan.lost
      .filter(({ type }) => deletions.protectedTypes.some((pattern) => matchesPattern(pattern, type)))
      .map((resource) => ({
        address: resource.address,
        message: `is ${resource.fate === "replace" ? "replaced" : "deleted"}, and ${resource.type} is a protected type`,
      }));
  },
};

const mostlyDeleted: Rule = {
  id: "most-resources-deleted",
  theme,
  title: "The plan deletes most of what there is",
  why: "That is what a plan against the wrong state, workspace or variables looks like.",
  fix: "Make sure that environment, workspace and account are the ones you mean.",
  source: "https://developer.hashicorp.com/terraform/language/state/workspaces",
  severity: unlessTest("MEDIUM", "HIGH"),
  check: ({ plan }) => {
    const existing = plan.resources.filter((resource) => resource.fate !== "create").length;
    const gone = plan.lost.filter((resource) => resource.fate === "delete").length;
    const all = existing + gone;
    return gone >= 5 && gone * 2 > all ? [{ message: `${gone} of ${all} resources are deleted` }] : [];
  },
};

const movedIndexes: Rule = {
  id: "count-index-shift",
  theme,
  title: "Instances by count change places",
  why: "Taking one out of the middle of a list renumbers all behind it: they are changed or replaced, though nobody meant them.",
  fix: "Use for_each with a key of each one's own.",
  source:
    "https://developer.hashicorp.com/terraform/language/meta-arguments/count#when-to-use-for_each-instead-of-count",
  severity: unlessTest("LOW", "MEDIUM"),
  check: ({ plan }) => {
    const removed = plan.lost.filter((resource) => resource.reason === "delete_because_count_index");
    const replaced = new Map<string, PlannedResource>();
    for (const resource of plan.lost) {
      if (resource.fate === "replace" && /\[\d+\]$/.test(resource.address))
        replaced.set(blockOf(resource), resource);
    }
    return removed.flatMap((resource): readonly Hit[] => {
      const neighbour = replaced.get(blockOf(resource));
      replaced.delete(blockOf(resource));
      return neighbour === undefined
        ? []
        : [
            {
              address: neighbour.address,
              message: `is replaced while ${resource.address} is deleted: the list behind count has lost an element`,
            },
          ];
    });
  },
};

function blockOf(resource: PlannedResource): string {
  return resource.address.replace(/\[\d+\]$/, "");
}

const tainted: Rule = {
  id: "tainted-replaced",
  theme,
  title: "A resource is replaced because an earlier apply left it half made",
  why: "It may hold data by now.",
  fix: "If it is whole after all: terraform untaint ADDRESS.",
  source: "https://developer.hashicorp.com/terraform/cli/commands/untaint",
  severity: everywhere("LOW"),
  check: ({ plan }) =>
    plan.lost
      .filter((resource) => resource.reason === "replace_because_tainted")
      .map((resource) => ({
        address: resource.address,
        message: "is tainted, so it is deleted and made anew",
      })),
};

const perpetualDiff: Rule = {
  id: "timestamp-in-plan",
  theme,
  title: "timestamp() or uuid() changes a resource in every plan",
  why: "Every run has something to do, and the change that matters is lost among those that do not.",
  fix: "Use plantimestamp() in outputs, the time provider's time_static, or ignore_changes.",
  source: "https://developer.hashicorp.com/terraform/language/functions/timestamp",
  severity: everywhere("LOW"),
  check: ({ plan }) =>
    plan.resources.filter(isRebuiltEachTime).map((resource) => ({
      address: resource.address,
      message: "is replaced because its triggers are known only at apply, without referring to anything",
    })),
};

/** Triggers that refer to nothing, and still are not known before the apply, can only be a time or chance. */
function isRebuiltEachTime({ type, fate, replacedFor, configured }: PlannedResource): boolean {
  if (fate !== "replace" || !/^(?:null_resource|terraform_data)$/.test(type)) return false;
  if (!replacedFor.some((path) => path.startsWith("triggers"))) return false;
  const triggers = configured?.expressions["triggers"] ?? configured?.expressions["triggers_replace"];
  return triggers !== undefined && Object.keys(triggers ?? {}).length === 0;
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, 5).join(", ");
  return names.length > 5 ? `${shown} and ${names.length - 5} more` : shown;
}

/** What this plan does, as far as it can hurt. */
export const changes: readonly Rule[] = [
  statefulReplaced,
  statefulDeleted,
  tooManyDeletions,
  protectedTypeLost,
  mostlyDeleted,
  movedIndexes,
  tainted,
  perpetualDiff,
];
