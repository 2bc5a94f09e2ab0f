import { ageOf, type Lifetime } from "../lifetimes/lifetime.ts";
import { databaseEngines, kubernetesVersions } from "../lifetimes/engines.ts";
import { lambdaRuntimes } from "../lifetimes/lambda-runtimes.ts";
import { textAt, type PlannedResource } from "../plan/planned-resource.ts";
import { everywhere, type Hit, type Rule } from "../rule.ts";

const theme = "lifetimes";

const oldRuntime: Rule = {
  id: "lambda-runtime-deprecated",
  theme,
  title: "A function's runtime is no longer looked after",
  why: "It gets no security patches; later AWS refuses to make such functions, then to change them.",
  fix: "Move to a runtime with years ahead of it.",
  source: "https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html",
  severity: everywhere("MEDIUM"),
  check: ({ plan, today }) =>
    plan.ofType("aws_lambda_function").flatMap((fn) => {
      const runtime = textAt(fn, "runtime") ?? "";
      return judge(fn, { what: runtime, lifetime: lambdaRuntimes[runtime], today });
    }),
};

const oldEngine: Rule = {
  id: "database-engine-ends",
  theme,
  title: "A database's version is out of standard support",
  why: "AWS takes a surcharge for every hour of Extended Support, or upgrades it when it likes.",
  fix: "Upgrade to a newer major version, on a copy first.",
  source: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/extended-support.html",
  severity: everywhere("MEDIUM"),
  check: ({ plan, today }) =>
    plan.ofType("aws_db_instance", "aws_rds_cluster").flatMap((database) => {
      const engine = textAt(database, "engine") ?? "";
      const version = textAt(database, "engine_version") ?? "";
      const lifetime = databaseEngines[engine]?.[majorOf(engine, version)];
      return judge(database, { what: `${engine} ${version}`, lifetime, today });
    }),
};

function majorOf(engine: string, version: string): string {
  const [first = "", second = ""] = version.split(".");
  const isPostgres = engine.includes("postgres") && Number(first) >= 10;
  return isPostgres ? first : `${first}.${second}`;
}

const oldKubernetes: Rule = {
  id: "kubernetes-version-ends",
  theme,
  title: "A cluster's version is out of standard support",
  why: "An hour of Extended Support costs six times as much, and at its end AWS upgrades the cluster by itself.",
  fix: 'Upgrade by one minor version at a time; or set upgrade_policy { support_type = "STANDARD" }.',
  source: "https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html",
  severity: everywhere("MEDIUM"),
  check: ({ plan, today }) =>
    plan.ofType("aws_eks_cluster").flatMap((cluster) => {
      const version = textAt(cluster, "version") ?? "";
      return judge(cluster, { what: `Kubernetes ${version}`, lifetime: kubernetesVersions[version], today });
    }),
};

function judge(
  resource: PlannedResource,
  seen: { readonly what: string; readonly lifetime: Lifetime | undefined; readonly today: string },
): readonly Hit[] {
  const { what, lifetime, today } = seen;
  if (lifetime === undefined) return [];
  const { address } = resource;
  const instead = lifetime.instead === undefined ? "" : `; take ${lifetime.instead}`;
  switch (ageOf(lifetime, today)) {
    case "fine":
      return [];
    case "soon":
      return [{ address, message: `${what} ends on ${lifetime.ends}${instead}`, severity: "LOW" }];
    case "over":
      return [{ address, message: `${what} ended on ${lifetime.ends}${instead}` }];
    case "refused":
      // What exists goes on; making a new one fails.
      return resource.fate === "create" || resource.fate === "replace"
        ? [
            {
              address,
              message: `${what} ended on ${lifetime.ends}, and AWS makes no new ones since ${lifetime.refusedFrom ?? lifetime.ends}${instead}`,
              severity: "HIGH",
            },
          ]
        : [{ address, message: `${what} ended on ${lifetime.ends}${instead}` }];
  }
}

const oldImage: Rule = {
  id: "build-image-deprecated",
  theme,
  title: "A build runs on an image that AWS has left behind",
  why: "It gets no patches, and starts more slowly, for it is no longer kept at hand.",
  fix: "Take aws/codebuild/amazonlinux-x86_64-standard:5.0, aws/codebuild/standard:7.0 or newer.",
  source: "https://docs.aws.amazon.com/codebuild/latest/userguide/build-env-ref-available.html",
  severity: everywhere("LOW"),
  check: ({ plan }) =>
    plan.ofType("aws_codebuild_project").flatMap((project) => {
      const image = textAt(project, "environment.image") ?? "";
      const isOld =
        /^aws\/codebuild\/(?:standard:[1-5]\.0|amazonlinux2-(?:x86_64|aarch64)-standard:[1-4]\.0)/.test(
          image,
        );
      return isOld ? [{ address: project.address, message: `builds on ${image}` }] : [];
    }),
};

/** Versions that end. */
export const lifetimes: readonly Rule[] = [oldRuntime, oldEngine, oldKubernetes, oldImage];
