import type { HostingSession, QuotaName } from "../../handlers/hosting/contract.ts";
import type { Diagnosis } from "../core/diagnosis.ts";
import { FaberError } from "../core/error.ts";
import type { Fix, FixOffer, FixSituation, Workshop } from "./contract.ts";
import { knownQuotas, type KnownQuota } from "./quotas.ts";
import { refuse } from "./refuse.ts";

/** Asks AWS for a higher quota, after a yes. The answer comes some other day: the stage is not run again for it. */
export function quotaIncrease(workshop: Workshop): Fix {
  return {
    name: "quota-increase",
    impact: "medium",
    spendsTry: true,
    description: "Ask AWS for a higher quota",
    appliesTo: (diagnosis) => quotaOf(diagnosis) !== undefined,
    offer: (situation) => offer(workshop, situation),
  };
}

/** Longer names first: one code is the end of another. */
function quotaOf({ category, secondary_category, code, message }: Diagnosis): KnownQuota | undefined {
  if (category !== "quota" && secondary_category !== "quota") return undefined;
  const text = `${code ?? ""} ${message}`;
  const fitting = knownQuotas.filter(({ sign }) => sign.test(text));
  return fitting.toSorted((a, b) => b.sign.source.length - a.sign.source.length)[0];
}

async function offer({ hosting, environment }: Workshop, situation: FixSituation): Promise<FixOffer> {
  const quota = namedIn(situation) ?? quotaOf(situation.diagnosis);
  if (!quota) return refuse("it is not known which quota this is");
  const region = environment.region ?? "<region>";
  const byHand = [
    `look: aws service-quotas get-service-quota --service-code ${quota.service} --quota-code ${quota.code} --region ${region}`,
    `ask: aws service-quotas request-service-quota-increase --service-code ${quota.service} --quota-code ${quota.code} --desired-value <more> --region ${region}`,
  ];
  if (!hosting?.quotas) return refuse("there is no Service Quotas to ask", byHand);
  try {
    return await fromQuota(hosting.quotas, quota, { situation, byHand });
  } catch (error) {
    if (!(error instanceof FaberError) || error.code !== "quotas-unavailable") throw error;
    return refuse(error.message, byHand);
  }
}

/** As the solution names it. */
function namedIn({ parameters }: FixSituation): QuotaName | undefined {
  const { service, quota: code } = parameters;
  const isCode = typeof code === "string" && /^L-[0-9A-F]{8}$/.test(code);
  return typeof service === "string" && isCode ? { service, code } : undefined;
}

async function fromQuota(
  quotas: NonNullable<HostingSession["quotas"]>,
  quota: QuotaName,
  { situation, byHand }: { readonly situation: FixSituation; readonly byHand: readonly string[] },
): Promise<FixOffer> {
  const now = await quotas.read(quota);
  if (now.open)
    return refuse(
      `somebody has asked for ${now.open.value} already (request ${now.open.id}, ${now.open.status})`,
    );
  if (!now.adjustable) return refuse(`${now.name} (${now.value}) cannot be raised: use fewer`, []);
  const wished = situation.parameters["value"];
  const value = typeof wished === "number" && wished > now.value ? wished : moreThan(now.value);
  return {
    kind: "offered",
    summary: `ask AWS for ${now.name} of ${value} instead of ${now.value}`,
    diff: [
      `- ${now.name}: ${now.value}`,
      `+ ${now.name}: ${value}`,
      ...byHand.slice(0, 1).map((hint) => `  ${hint}`),
    ],
    perform: async () => {
      const request = await quotas.request(quota, value);
      return {
        summary: `asked for ${value}: request ${request.id}, ${request.status}; deploy again when it is granted`,
        later: true,
      };
    },
  };
}

/** Half as much again, and one more at least. */
function moreThan(value: number): number {
  return Math.max(value + 1, Math.ceil(value * 1.5));
}
