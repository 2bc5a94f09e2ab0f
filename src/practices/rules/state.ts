import { arrayAt } from "../../core/json.ts";
import type { ResourceBlock } from "../../core/configuration-facts.ts";
import { eachOf, everywhere, unlessTest, type Look, type Rule } from "../rule.ts";
import { isAbsentAt, isSensitiveAt } from "../plan/planned-resource.ts";
import { modulePath, type PlanView } from "../plan/plan-view.ts";
import { isPrecious } from "../stateful.ts";

const theme = "state and configuration";

const localState: Rule = {
  id: "state-on-this-machine",
  theme,
  title: "The state lies on this machine",
  why: "The next job, or the next person, starts without it and makes everything a second time.",
  fix: 'Declare a backend, such as terraform { backend "s3" {} }, and set it in backend of the environment.',
  source: "https://developer.hashicorp.com/terraform/language/backend",
  severity: unlessTest("LOW", "MEDIUM"),
  check: ({ facts, plan }) =>
    facts === undefined ||
    !usesProviders(plan) ||
    (facts.backend !== undefined && facts.backend.type !== "local")
      ? []
      : [{ message: "no backend is configured: the state is a file in this folder" }],
};

/** What only Terraform itself keeps can be made again without loss. */
function usesProviders({ resources }: PlanView): boolean {
  return resources.some(({ provider }) => !provider.startsWith("terraform.io/builtin/"));
}

const noLock: Rule = {
  id: "state-without-lock",
  theme,
  title: "Nothing keeps two runs on one state apart",
  why: "Two applies at once overwrite each other's state, and resources are lost from it.",
  fix: "Set use_lockfile = true in the backend.",
  source: "https://developer.hashicorp.com/terraform/language/backend/s3#state-locking",
  severity: unlessTest("MEDIUM", "HIGH"),
  check: ({ facts }) =>
    facts?.backend?.locks === false ? [{ message: `the ${facts.backend.type} backend has no lock` }] : [],
};

const noToolVersion: Rule = {
  id: "tool-version-open",
  theme,
  title: "The configuration does not say which Terraform it is for",
  why: "An older one fails half way, a newer one writes a state that the old one no longer reads.",
  fix: 'Set terraform { required_version = "~> 1.11" } in the root.',
  source: "https://developer.hashicorp.com/terraform/language/terraform#terraform-required_version",
  severity: everywhere("LOW"),
  check: ({ facts, plan }) =>
    facts !== undefined && facts.toolVersion === undefined && usesProviders(plan)
      ? [{ message: "required_version is not set" }]
      : [],
};

const unprotected: Rule = {
  id: "no-prevent-destroy",
  theme,
  title: "Nothing keeps a plan from deleting a resource that holds data",
  why: "A renamed block, a changed key or a wrong variable is enough to plan its deletion.",
  fix: "Add lifecycle { prevent_destroy = true }, or switch on the deletion protection of the service.",
  source: "https://developer.hashicorp.com/terraform/language/meta-arguments/lifecycle#prevent_destroy",
  severity: unlessTest("off", "MEDIUM"),
  check: ({ facts, plan }) => {
    if (facts === undefined) return [];
    const blocks = new Map(facts.blocks.map((block) => [keyOf(block), block]));
    return plan.resources
      .filter((resource) => isPrecious(resource.type))
      .filter(
        (resource) =>
          !protections.some((path) => resource.values[path] === true || resource.values[path] === "ACTIVE"),
      )
      .filter((resource) => {
        const block = blocks.get(keyOf({ ...resource, module: modulePath(resource.module) }));
        return block !== undefined && !block.preventsDestroy;
      })
      .map((resource) => ({
        address: resource.address,
        message: "has neither prevent_destroy nor a deletion protection of its own",
      }));
  },
};

const protections = ["deletion_protection", "deletion_protection_enabled"];

function keyOf({ module, type, name }: Pick<ResourceBlock, "module" | "type" | "name">): string {
  return `${module}/${type}.${name}`;
}

const blind: Rule = {
  id: "ignore-all-changes",
  theme,
  title: "Terraform ignores every change of a resource",
  why: "Whatever somebody changes by hand stays unseen, and what is changed here never arrives.",
  fix: "List the single arguments that others manage.",
  source: "https://developer.hashicorp.com/terraform/language/meta-arguments/lifecycle#ignore_changes",
  severity: everywhere("MEDIUM"),
  check: withBlocks((block) => (block.ignoresAllChanges ? "has ignore_changes = all" : undefined)),
};

function withBlocks(judge: (block: ResourceBlock) => string | undefined): Rule["check"] {
  return ({ facts }: Look) =>
    (facts?.blocks ?? []).flatMap((block) => {
      const message = judge(block);
      const module = block.module === "" ? "" : `module.${block.module.replaceAll(".", ".module.")}.`;
      return message === undefined ? [] : [{ address: `${module}${block.type}.${block.name}`, message }];
    });
}

const defaultNetwork: Rule = {
  id: "default-network-adopted",
  theme,
  title: "The account's default network is managed here",
  why: "Everything in the account that names no network lands in it, and removing the block does not delete it.",
  fix: "Make a network of your own.",
  source: "https://docs.aws.amazon.com/vpc/latest/userguide/default-vpc.html",
  severity: unlessTest("LOW", "MEDIUM"),
  check: eachOf(
    ["aws_default_vpc", "aws_default_subnet"],
    () => "the default network of the account is shared by all",
  ),
};

const mutableLatest: Rule = {
  id: "image-latest",
  theme,
  title: "A container runs whatever latest means today",
  why: "Two tasks of one service may run different code, and going back is not possible.",
  fix: "Name a tag that is never moved, or the digest.",
  source:
    "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html#container_definition_image",
  severity: unlessTest("LOW", "MEDIUM"),
  check: eachOf("aws_ecs_task_definition", (resource) => {
    // The message tells a part of the definition.
    if (isSensitiveAt(resource, "container_definitions")) return undefined;
    const images = imagesIn(resource.values["container_definitions"]);
    const moving = images.find(
      (image) => image.endsWith(":latest") || !/[:@]/.test(image.split("/").at(-1) ?? ""),
    );
    return moving === undefined ? undefined : `runs the image ${moving}`;
  }),
};

/** Container definitions are JSON in a text. */
function imagesIn(text: unknown): readonly string[] {
  if (typeof text !== "string") return [];
  try {
    const parsed: unknown = JSON.parse(text);
    return arrayAt(parsed).flatMap((container) =>
      typeof container === "object" &&
      container !== null &&
      "image" in container &&
      typeof container.image === "string"
        ? [container.image]
        : [],
    );
  } catch {
    return []; // Terraform will say that it is no JSON.
  }
}

const movingLaunchTemplate: Rule = {
  id: "launch-template-latest",
  theme,
  title: "A group of machines follows $Latest of its launch template",
  why: "Whoever adds a version rolls it out at the next scale-out, unseen by any plan.",
  fix: "Use the template's latest_version attribute: then the plan shows it.",
  source: "https://docs.aws.amazon.com/autoscaling/ec2/userguide/launch-templates.html",
  severity: unlessTest("LOW", "MEDIUM"),
  check: eachOf("aws_autoscaling_group", (resource) => {
    const { launch_template: template } = resource.values;
    const version = Array.isArray(template)
      ? arrayAt(template)
          .map((one) => JSON.stringify(one))
          .join()
      : "";
    return (
      version.includes('"$Latest"') &&
      !isAbsentAt(resource, "launch_template") &&
      "takes $Latest of its launch template"
    );
  }),
};

/** State, backend, and what the files say about both. */
export const state: readonly Rule[] = [
  localState,
  noLock,
  noToolVersion,
  unprotected,
  blind,
  defaultNetwork,
  mutableLatest,
  movingLaunchTemplate,
];
