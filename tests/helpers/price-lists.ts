import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { gzipSync } from "node:zlib";

/** Columns of a price list's CSV form that tests need; real ones have more. */
const columns = [
  "SKU",
  "OfferTermCode",
  "RateCode",
  "TermType",
  "PriceDescription",
  "EffectiveDate",
  "StartingRange",
  "EndingRange",
  "Unit",
  "PricePerUnit",
  "Currency",
  "LeaseContractLength",
  "Product Family",
  "serviceCode",
  "Location",
  "Location Type",
  "Instance Type",
  "Tenancy",
  "Operating System",
  "License Model",
  "Group",
  "usageType",
  "operation",
  "CapacityStatus",
  "Pre Installed S/W",
  "Database Engine",
  "Database Edition",
  "Deployment Option",
  "Cache Engine",
  "Queue Type",
  "MarketOption",
  "Region Code",
] as const;

export type OfferCells = Readonly<Partial<Record<(typeof columns)[number], string>>>;

const ordinary: OfferCells = {
  SKU: "SKU00000000000001",
  OfferTermCode: "TERM000001",
  RateCode: "SKU00000000000001.TERM000001.RATE000001",
  TermType: "OnDemand",
  EffectiveDate: "2026-11-01",
  StartingRange: "0",
  EndingRange: "Inf",
  Unit: "Hrs",
  Currency: "USD",
  "Location Type": "AWS Region",
  "Region Code": "us-east-1",
};

/** A machine's hour, as EC2's list has it. */
export function machineRow(type: string, price: string, more: OfferCells = {}): OfferCells {
  return {
    "Product Family": "Compute Instance",
    "Instance Type": type,
    Tenancy: "Shared",
    "Operating System": "Linux",
    "License Model": "No License required",
    usageType: `BoxUsage:${type}`,
    operation: "RunInstances",
    CapacityStatus: "Used",
    "Pre Installed S/W": "NA",
    MarketOption: "OnDemand",
    PriceDescription: `$${price} per On Demand Linux ${type}, "Instance" Hour`,
    PricePerUnit: price,
    ...more,
  };
}

/** A price list as AWS lays it out: five rows of metadata, the names of the columns, a row for each price. */
export function priceList(offer: string, rows: readonly OfferCells[], formatVersion = "v1.0"): string {
  const head = [
    ["FormatVersion", formatVersion],
    ["Disclaimer", 'written for a test, "not" by AWS, with a comma'],
    ["Publication Date", "2026-11-18T10:11:12Z"],
    ["Version", "20261118101112"],
    ["OfferCode", offer],
  ];
  const cells = rows.map((row) => columns.map((column) => ({ ...ordinary, ...row })[column] ?? ""));
  return [...head, columns, ...cells].map((row) => `${row.map(quoted).join(",")}\n`).join("");
}

function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}

export type Answering = (request: IncomingMessage, response: ServerResponse) => void;

export interface PriceListServer {
  readonly url: string;
  /** Paths that were asked for, in order. */
  readonly asked: string[];
  /** By `SERVICE REGION`: a list's text, or how to answer for it. */
  readonly lists: Map<string, string | Answering>;
  readonly close: () => Promise<void>;
}

/** Serves price lists under the paths of AWS's bulk files, on a port of its own. */
export async function servePriceLists(): Promise<PriceListServer> {
  const asked: string[] = [];
  const lists: PriceListServer["lists"] = new Map();
  const server = createServer((request, response) => {
    const path = request.url ?? "";
    asked.push(path);
    const list = /^\/offers\/v1\.0\/aws\/(\w+)\/20261118\/([\w-]+)\/index\.csv$/.exec(path);
    const answer = list ? lists.get(`${list[1]} ${list[2]}`) : indexOf(path, lists);
    if (typeof answer === "function") answer(request, response);
    else if (answer === undefined) response.writeHead(404).end();
    else response.writeHead(200, { "content-type": list ? "text/csv" : "application/json" }).end(answer);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { url: `http://127.0.0.1:${portOf(server)}`, asked, lists, close: async () => closed(server) };
}

/** Answers with `text`, packed. */
export function zipped(text: string): Answering {
  return (_request, response) =>
    response.writeHead(200, { "content-type": "text/csv", "content-encoding": "gzip" }).end(gzipSync(text));
}

function indexOf(path: string, lists: PriceListServer["lists"]): string | undefined {
  const names = [...lists.keys()].map((key) => key.split(" "));
  if (path === "/offers/v1.0/aws/index.json") {
    const offers = names.map(([service = ""]) => [
      service,
      {
        offerCode: service,
        currentVersionUrl: `/offers/v1.0/aws/${service}/current/index.json`,
        currentRegionIndexUrl: `/offers/v1.0/aws/${service}/current/region_index.json`,
      },
    ]);
    return JSON.stringify({ formatVersion: "v1.0", offers: Object.fromEntries(offers) });
  }
  const service = /^\/offers\/v1\.0\/aws\/(\w+)\/current\/region_index\.json$/.exec(path)?.[1];
  if (service === undefined) return undefined;
  const regions = names
    .filter(([each]) => each === service)
    .map(([, region = ""]) => [
      region,
      { regionCode: region, currentVersionUrl: `/offers/v1.0/aws/${service}/20261118/${region}/index.json` },
    ]);
  return JSON.stringify({ formatVersion: "v1.0", regions: Object.fromEntries(regions) });
}

function portOf(server: Server): number {
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("the server has no address");
  return address.port;
}

async function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise<void>((resolve) => server.close(() => resolve()));
}
