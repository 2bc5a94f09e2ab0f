import { resolve } from "node:path";
import type { PriceListAnswer, PriceLists, UnusablePrice } from "../../../handlers/cost/contract.ts";
import { comparePrices, type PriceChanges } from "../../cost/compare-prices.ts";
import { loadCatalogue, ownDocument, ownPricesAt } from "../../cost/load-catalogue.ts";
import { ownPricesText } from "../../cost/own-prices.ts";
import { FaberError } from "../../core/error.ts";
import { exitOf } from "../../core/exit.ts";
import { safeLine } from "../../core/safe-text.ts";
import { didYouMean } from "../../core/similar.ts";
import { writeFileAtomically } from "../../workdir/atomic-file.ts";
import { flagOption, textOption, type CommandBody, type CommandEnd, type Invocation } from "../define.ts";
import { loadSettings } from "../settings.ts";

const defaultTimeout = 900;
const longestTimeout = 86_400;
/** Of prices that were kept out, so many are shown to a person. */
const refusedShown = 10;

/** Reads prices from the public price lists into a catalogue of the project's own. */
export const costRefresh: CommandBody = async (invocation) => {
  const { world, options, signal } = invocation;
  const timeoutMs = timeoutOf(options) * 1000;
  const [{ baseAddress, publicAddress }, { openPriceLists }] = await Promise.all([
    import("../../../handlers/cost/offers/address.ts"),
    import("../../../handlers/cost/offers/price-lists.ts"),
  ]);
  const base = baseAddress(textOption(options, "from") ?? publicAddress);
  const { file, regions } = await placeOf(invocation);
  const today = world.clock.now().toISOString().slice(0, 10);
  const lists = openPriceLists({ base, today, timeoutMs, signal });
  const services = servicesOf(options, lists);
  const own = { file, required: false };
  // What cannot be read now could not be written to either.
  const [catalogue, before] = [loadCatalogue(own), ownDocument(own)];
  const wanted = regions.flatMap((region) => services.map((service) => ({ service, region })));
  const read: ReadList[] = [];
  for (const each of wanted) read.push(await readOne(invocation, lists, each));
  const changes = comparePrices(
    catalogue,
    read.flatMap((list) => list.answer?.prices ?? []),
  );
  refuseNothing(read, regions);
  if (changes.rows.length > 0) {
    const text = ownPricesText(before, { made: today, from: base.href, rows: changes.rows });
    await writeFileAtomically(file, text);
  }
  return endOf({ file, from: base.href, read, changes });
};

interface ReadList {
  readonly service: string;
  readonly region: string;
  readonly status: "read" | "not-offered" | "failed";
  readonly answer?: PriceListAnswer;
  readonly error?: FaberError;
}

/** A list counts whole or not at all; one that fails leaves the others alone. */
async function readOne(
  { world, options }: Invocation,
  lists: PriceLists,
  { service, region }: { readonly service: string; readonly region: string },
): Promise<ReadList> {
  if (!flagOption(options, "quiet")) world.stderr.write(`reading ${service} in ${region}\n`);
  try {
    const answer = await lists.read(service, region);
    return answer ? { service, region, status: "read", answer } : { service, region, status: "not-offered" };
  } catch (error) {
    if (!(error instanceof FaberError)) throw error;
    return { service, region, status: "failed", error };
  }
}

function timeoutOf(options: Invocation["options"]): number {
  const text = textOption(options, "timeout");
  const seconds = text === undefined ? defaultTimeout : Number(text);
  if (seconds > 0 && seconds <= longestTimeout) return seconds;
  throw new FaberError({
    code: "wrong-value",
    exit: "wrong-usage",
    message: `--timeout must be a number of seconds up to ${longestTimeout}, and is "${text ?? ""}"`,
  });
}

/** The catalogue to write, and the regions that are asked for. */
async function placeOf({ world, options }: Invocation) {
  const named = listOption(options, "region");
  const { environment } = await loadSettings({ world, options, anyEnvironment: true });
  const regions = named.length > 0 ? named : [environment.region ?? world.env["AWS_REGION"]];
  const out = textOption(options, "out");
  const { stateDir, policy } = environment;
  const { file } = ownPricesAt({ stateDir, pricesFile: policy.cost.pricesFile });
  return {
    file: out === undefined ? file : resolve(world.cwd, out),
    regions: [...new Set(regions.map(regionNamed))],
  };
}

function regionNamed(region: string | undefined): string {
  if (region !== undefined && /^[a-z]{2,3}(-[a-z]+)+-\d{1,2}$/.test(region)) return region;
  throw new FaberError({
    code: "price-region-missing",
    exit: "wrong-usage",
    message:
      region === undefined
        ? "it is not said of which region the prices are to be read"
        : `"${region}" is no region`,
    hints: ["name one or more: faber cost refresh-prices --region=eu-west-1"],
  });
}

function servicesOf(options: Invocation["options"], lists: PriceLists): readonly string[] {
  const named = [...new Set(listOption(options, "service"))];
  const unknown = named.find((each) => !lists.services.includes(each));
  if (unknown === undefined) return named.length > 0 ? named : lists.services;
  const near = didYouMean(unknown, lists.services);
  throw new FaberError({
    code: "price-service-unknown",
    exit: "wrong-usage",
    message: `--service: the prices of "${unknown}" have no names in the catalogue`,
    hints: [
      ...(near === undefined ? [] : [`did you mean --service=${near}?`]),
      `these have: ${lists.services.join(", ")}`,
    ],
  });
}

function listOption(options: Invocation["options"], name: string): readonly string[] {
  const value = options[name];
  return Array.isArray(value) ? (value as readonly string[]) : typeof value === "string" ? [value] : [];
}

/** When no list could be read, the first reason is the command's. */
function refuseNothing(read: readonly ReadList[], regions: readonly string[]): void {
  if (read.some(({ status }) => status === "read")) return;
  const failed = read.find(({ error }) => error !== undefined)?.error;
  if (failed) throw failed;
  throw new FaberError({
    code: "price-list-missing",
    exit: "wrong-usage",
    message: `there are no price lists of ${regions.join(", ")}`,
    hints: ["look at the region's name; China's are not among the public lists"],
  });
}

interface Refreshed {
  readonly file: string;
  readonly from: string;
  readonly read: readonly ReadList[];
  readonly changes: PriceChanges;
}

function endOf({ file, from, read, changes }: Refreshed): CommandEnd {
  const { added, changed, unchanged, rows } = changes;
  const answers = read.flatMap(({ answer }) => answer ?? []);
  const unusable = answers.flatMap((each) => each.unusable.named);
  const counts = {
    new: added,
    changed,
    unchanged,
    not_mapped: sum(answers.map((each) => each.notMapped)),
    refused: changes.refused.length + sum(answers.map((each) => each.unusable.count)),
  };
  const failed = read.filter(({ status }) => status === "failed");
  const lists = read.map(({ service, region, status, answer, error }) => ({
    service,
    region,
    status,
    ...(answer === undefined ? {} : { prices: answer.prices.length }),
    ...(error === undefined ? {} : { error: { code: error.code, message: error.message } }),
  }));
  const refused = refusedOf(changes, unusable);
  const document = { file: rows.length > 0 ? file : null, from, prices: counts, lists, refused };
  const summary = `${added} new, ${changed} changed, ${unchanged} unchanged, ${counts.not_mapped} not mapped, ${counts.refused} kept out`;
  const text = [
    ...failed.map(({ error }) => `not read: ${safeLine(error?.message ?? "")}`),
    ...refused
      .slice(0, refusedShown)
      .map(({ what, reason }) => `kept out: ${safeLine(`${what}: ${reason}`)}`),
    rows.length > 0 ? `${summary}: ${file}` : summary,
  ].join("\n");
  const exit =
    failed.length === 0
      ? exitOf("done", summary)
      : exitOf("wrong-usage", `${failed.length} of ${read.length} price lists could not be read`);
  return { exit, document, text };
}

function refusedOf({ refused }: PriceChanges, unusable: readonly UnusablePrice[]): readonly UnusablePrice[] {
  const doubted = refused.map(({ table, key, region, reason }) => ({
    what: `${table} ${key} in ${region}`,
    reason,
  }));
  return [...doubted, ...unusable].slice(0, 100);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, each) => all + each, 0);
}
