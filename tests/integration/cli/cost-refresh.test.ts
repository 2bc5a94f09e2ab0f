import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { main } from "../../../src/cli/main.ts";
import { arrayAt, objectAt, type JsonObject } from "../../../src/core/json.ts";
import { planned } from "../../helpers/cost-modules.ts";
import {
  machineRow,
  priceList,
  servePriceLists,
  zipped,
  type OfferCells,
  type PriceListServer,
} from "../../helpers/price-lists.ts";
import { testWorld } from "../../helpers/world.ts";

interface Ended {
  readonly code: number;
  readonly document: JsonObject;
  readonly err: string;
}

let server: PriceListServer;
let root: string;
let dir: string;
beforeAll(async () => {
  server = await servePriceLists();
  root = await mkdtemp(join(tmpdir(), "faber-prices-"));
});
afterAll(async () => {
  await server.close();
  await rm(root, { recursive: true, force: true });
});
beforeEach(async () => {
  dir = await mkdtemp(join(root, "project-"));
  server.lists.clear();
  server.asked.length = 0;
});

async function faber(...args: readonly string[]): Promise<Ended> {
  const world = testWorld([...args, "--json"], { cwd: dir });
  const code = await main(world);
  const document: unknown = JSON.parse(world.out());
  return { code, document: objectAt(document), err: world.err() };
}

async function refresh(...args: readonly string[]): Promise<Ended> {
  return faber("cost", "refresh-prices", `--from=${server.url}`, "--region=us-east-1", ...args);
}

const catalogue = (): string => join(dir, ".faber/prices.json");

async function rowsOf(file = catalogue()): Promise<readonly (readonly unknown[])[]> {
  const document: unknown = JSON.parse(await readFile(file, "utf8"));
  return arrayAt(objectAt(document)["prices"]).map((row) => arrayAt(row));
}

/** What a machine in us-east-1 costs a month with the prices of this project. */
async function costOf(type: string): Promise<Ended> {
  const plan = {
    format_version: "1.2",
    planned_values: { root_module: { resources: [planned("aws_instance.a", { instance_type: type })] } },
    configuration: {
      provider_config: { aws: { expressions: { region: { constant_value: "us-east-1" } } } },
    },
  };
  await writeFile(join(dir, "plan.json"), JSON.stringify(plan));
  return faber("cost", "--plan-json=plan.json");
}

function hourOf({ document }: Ended): unknown {
  const [resource] = arrayAt(document["resources"]).map(objectAt);
  return objectAt(arrayAt(resource?.["components"])[0])["unit_price"];
}

const known = "m5.large";

describe("faber cost refresh-prices", () => {
  it("takes new, changed and unchanged prices, and estimates go by them", async () => {
    expect(hourOf(await costOf(known))).toBe(0.096);
    server.lists.set(
      "AmazonEC2 us-east-1",
      priceList("AmazonEC2", [
        machineRow(known, "0.1000000000"),
        machineRow("t3.micro", "0.0104000000"),
        machineRow("z9.large", "0.5000000000"),
        machineRow(known, "0.0700000000", { TermType: "Reserved", LeaseContractLength: "1yr" }),
        machineRow(known, "9.0000000000", { "Pre Installed S/W": "SQL Std" }),
      ]),
    );
    const { code, document } = await refresh();
    expect(document).toMatchObject({
      file: catalogue(),
      prices: { new: 1, changed: 1, unchanged: 1, not_mapped: 1, refused: 0 },
      exit: { code: 0 },
    });
    expect(code).toBe(0);
    expect(await rowsOf()).toContainEqual([
      "ec2/linux",
      known,
      "us-east-1",
      0.1,
      "hours",
      "aws-price-list AmazonEC2 20261118101112",
      "2026-11-18",
    ]);
    expect((await stat(catalogue())).mode & 0o077).toBe(0);
    expect(hourOf(await costOf(known))).toBe(0.1);
    expect(hourOf(await costOf("z9.large"))).toBe(0.5);
  });

  it("keeps what was refreshed before for other services and regions", async () => {
    server.lists.set("AmazonEC2 us-east-1", priceList("AmazonEC2", [machineRow(known, "0.1")]));
    const ireland = { "Region Code": "eu-west-1", usageType: `EU-BoxUsage:${known}` };
    server.lists.set("AmazonEC2 eu-west-1", priceList("AmazonEC2", [machineRow(known, "0.2", ireland)]));
    expect((await refresh()).code).toBe(0);
    const args = [`--from=${server.url}`, "--region=eu-west-1", "--service=AmazonEC2"];
    expect((await faber("cost", "refresh-prices", ...args)).code).toBe(0);
    expect((await rowsOf()).map(([, , region, usd]) => [region, usd])).toEqual([
      ["eu-west-1", 0.2],
      ["us-east-1", 0.1],
    ]);
  });

  it("reads a packed list, follows the paths of the index and asks for nothing else", async () => {
    server.lists.set("AmazonEC2 us-east-1", zipped(priceList("AmazonEC2", [machineRow(known, "0.1")])));
    expect((await refresh("--service=AmazonEC2")).document).toMatchObject({ prices: { changed: 1 } });
    expect(server.asked).toEqual([
      "/offers/v1.0/aws/index.json",
      "/offers/v1.0/aws/AmazonEC2/current/region_index.json",
      "/offers/v1.0/aws/AmazonEC2/20261118/us-east-1/index.csv",
    ]);
  });

  it.each<readonly [string, OfferCells]>([
    ["another currency", { Currency: "CNY" }],
    ["from tomorrow on", { EffectiveDate: "2026-11-22" }],
    ["another region", { "Region Code": "us-west-2" }],
    ["a local zone", { "Location Type": "AWS Local Zone" }],
    ["a reservation that nobody uses", { CapacityStatus: "UnusedCapacityReservation" }],
    ["nothing", { PricePerUnit: "0.0000000000" }],
  ])("leaves out a price of %s", async (_, cells) => {
    const rows = [machineRow("t3.micro", "0.0104"), machineRow(known, "0.2", cells)];
    server.lists.set("AmazonEC2 us-east-1", priceList("AmazonEC2", rows));
    expect((await refresh()).document).toMatchObject({ prices: { changed: 0, unchanged: 1 } });
    expect(hourOf(await costOf(known))).toBe(0.096);
  });

  it.each([
    ["negative", "-1"],
    ["NaN", "NaN"],
    ["empty", ""],
    ["hexadecimal", "0x10"],
    ["endless", "1e999"],
    ["a hundred times and more", "10.0"],
    ["a hundredth and less", "0.0001"],
  ])("keeps out a number that is no price, and says so: %s", async (_, price) => {
    const rows = [machineRow("t3.micro", "0.0104"), machineRow(known, price)];
    server.lists.set("AmazonEC2 us-east-1", priceList("AmazonEC2", rows));
    const { code, document } = await refresh();
    expect(code).toBe(0);
    expect(document).toMatchObject({ prices: { unchanged: 1, changed: 0, refused: 1 } });
    expect(JSON.stringify(document["refused"])).toContain(known);
    expect(hourOf(await costOf(known))).toBe(0.096);
  });

  it("takes none of two prices for one thing", async () => {
    const rows = [machineRow(known, "0.1"), machineRow(known, "0.11", { SKU: "OTHER" })];
    server.lists.set("AmazonEC2 us-east-1", priceList("AmazonEC2", rows));
    expect((await refresh()).document).toMatchObject({ file: null, prices: { changed: 0, refused: 1 } });
  });
});

describe("a list that is not as it should be", () => {
  const whole = priceList("AmazonEC2", [machineRow(known, "0.1"), machineRow("t3.micro", "0.02")]);
  const text = (body: string) => (_: unknown, response: { end: (text: string) => void }) =>
    response.end(body);

  it.each<readonly [string, Parameters<PriceListServer["lists"]["set"]>[1], string, RegExp]>([
    ["cut in a row", text(whole.slice(0, -300)), "price-list-broken", /not whole|Quote Not Closed/],
    ["cut in a cell", text(whole.slice(0, -3)), "price-list-broken", /Quote Not Closed/],
    [
      "cut by the network",
      (_request, response) => {
        response.writeHead(200, { "content-type": "text/csv", "content-length": whole.length });
        response.write(whole.slice(0, 500), () => response.destroy());
      },
      "price-list-broken",
      /broke off/,
    ],
    [
      "cut while packed",
      (_request, response) => {
        response.writeHead(200, { "content-type": "text/csv", "content-encoding": "gzip" });
        response.end(gzipSync(whole).subarray(0, -20));
      },
      "price-list-broken",
      /broke off/,
    ],
    ["gone", (_request, response) => response.writeHead(404).end("no"), "price-list-unreachable", /404/],
    [
      "refused",
      (_request, response) => response.writeHead(503).end("later"),
      "price-list-unreachable",
      /503/,
    ],
    [
      "a sign-in page",
      (_request, response) => response.writeHead(200, { "content-type": "text/html" }).end("<html>"),
      "price-list-broken",
      /text\/html/,
    ],
    [
      "elsewhere",
      (_request, response) => response.writeHead(302, { location: "http://127.0.0.2:9/x" }).end(),
      "price-list-unreachable",
      /another host/,
    ],
    [
      "in circles",
      (request, response) => response.writeHead(302, { location: request.url }).end(),
      "price-list-unreachable",
      /redirects more than/,
    ],
    ["empty", text(""), "price-list-broken", /no row of column names/],
    ["another service's", text(priceList("AmazonRDS", [])), "price-list-broken", /AmazonRDS/],
    ["of a newer format", text(priceList("AmazonEC2", [], "v2.0")), "price-list-broken", /v2\.0/],
  ])("changes nothing: %s", async (_, answer, code, message) => {
    await mkdir(join(dir, ".faber"));
    const before = '{"version":1,"made":"2026-01-01","tables":[],"prices":[]}';
    await writeFile(catalogue(), before);
    server.lists.set("AmazonEC2 us-east-1", answer);
    const { document, code: exit } = await refresh();
    expect(document).toMatchObject({ error: { code, message: expect.stringMatching(message) } });
    expect(exit).toBe(64);
    expect(await readFile(catalogue(), "utf8")).toBe(before);
    expect(await readdir(join(dir, ".faber"))).toEqual(["prices.json"]);
  });

  it("is given up when it is too slow", async () => {
    server.lists.set("AmazonEC2 us-east-1", (_request, response) => {
      response.writeHead(200, { "content-type": "text/csv" }).write(whole.slice(0, 200));
    });
    const { document } = await refresh("--timeout=0.5");
    expect(document).toMatchObject({
      error: { code: "price-list-unreachable", message: expect.stringContaining("within 0.5 s") },
    });
  });

  it("leaves the lists that are whole", async () => {
    server.lists.set("AmazonEC2 us-east-1", whole);
    server.lists.set("AWSQueueService us-east-1", (_request, response) => response.writeHead(500).end());
    const { code, document } = await refresh();
    expect(code).toBe(64);
    expect(document).toMatchObject({
      prices: { changed: 2 },
      exit: { reason: "1 of 13 price lists could not be read" },
    });
    expect(arrayAt(document["lists"])).toContainEqual(
      expect.objectContaining({ service: "AWSQueueService", status: "failed" }),
    );
    expect(hourOf(await costOf(known))).toBe(0.1);
  });
});

describe("what is refused before anything is asked for", () => {
  it.each([
    ["http elsewhere", ["--from=http://prices.example"], "price-list-address-invalid"],
    ["a user in the address", ["--from=https://a:b@prices.example"], "price-list-address-invalid"],
    ["no address", ["--from=prices"], "price-list-address-invalid"],
    ["an unknown service", ["--service=AmazonEC3", "--region=us-east-1"], "price-service-unknown"],
    ["no region", ["--region=here"], "price-region-missing"],
    ["no region at all", [], "price-region-missing"],
    ["no time", ["--timeout=0"], "wrong-value"],
  ])("%s", async (_, args, code) => {
    const { document } = await faber("cost", "refresh-prices", `--from=${server.url}`, ...args);
    expect(document).toMatchObject({ error: { code }, exit: { code: 64 } });
    expect(server.asked).toEqual([]);
  });

  it("never prints what stands before the @ of an address", async () => {
    const { document, err } = await refresh("--from=https://name:hunter2@prices.example");
    expect(JSON.stringify(document) + err).not.toContain("hunter2");
  });

  it("a catalogue of a newer version, which estimates refuse too", async () => {
    await mkdir(join(dir, ".faber"));
    await writeFile(catalogue(), '{"version":2,"prices":[]}');
    const refused = { error: { code: "price-catalogue-version" }, exit: { code: 64 } };
    expect((await refresh()).document).toMatchObject(refused);
    const { document } = await costOf(known);
    expect(document).toMatchObject(refused);
    expect(JSON.stringify(document)).toContain("remove that file");
    expect(server.asked).toEqual([]);
  });

  it("a catalogue that is no JSON", async () => {
    await mkdir(join(dir, ".faber"));
    await writeFile(catalogue(), "{");
    expect((await costOf(known)).document).toMatchObject({ error: { code: "price-catalogue-unreadable" } });
  });
});

it("says that nobody is there", async () => {
  const gone = createServer();
  await new Promise<void>((resolve) => gone.listen(0, "127.0.0.1", resolve));
  const address = gone.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  await new Promise<void>((resolve) => gone.close(() => resolve()));
  const args = [`--from=http://127.0.0.1:${port}`, "--region=us-east-1"];
  const { document } = await faber("cost", "refresh-prices", ...args);
  expect(document).toMatchObject({
    error: { code: "price-list-unreachable", message: expect.stringContaining("ECONNREFUSED") },
    exit: { code: 64 },
  });
});

it("takes the region, the folder and the catalogue from faber.yaml", async () => {
  await writeFile(
    join(dir, "faber.yaml"),
    "project: orders\ncost: { prices: prices/own.json }\nenvironments:\n  test: { region: us-east-1 }\n",
  );
  server.lists.set("AmazonEC2 us-east-1", priceList("AmazonEC2", [machineRow(known, "0.1")]));
  expect((await costOf(known)).document).toMatchObject({ error: { code: "price-catalogue-unreadable" } });
  const { document } = await faber("cost", "refresh-prices", `--from=${server.url}`);
  expect(document).toMatchObject({ file: join(dir, "prices/own.json"), exit: { code: 0 } });
  expect(hourOf(await costOf(known))).toBe(0.1);
});
