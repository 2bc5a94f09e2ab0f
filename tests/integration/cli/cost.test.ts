import { createWriteStream } from "node:fs";
import { mkdtemp, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough, Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { main } from "../../../src/cli/main.ts";
import { arrayAt, objectAt, type JsonObject, type JsonValue } from "../../../src/core/json.ts";
import { planned } from "../../helpers/cost-modules.ts";
import { testWorld } from "../../helpers/world.ts";

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "faber-cost-"));
  await writeFile(join(dir, "plan.json"), JSON.stringify(planOf(machines)));
});
afterAll(async () => rm(dir, { recursive: true, force: true }));

const machines = [
  planned("aws_instance.web", { instance_type: "m5.large" }),
  planned("aws_lambda_function.api", { memory_size: 128 }),
  planned("aws_iam_role.r"),
  planned("aws_unheard_of.x"),
];

function planOf(resources: readonly JsonValue[]): JsonObject {
  return {
    format_version: "1.2",
    planned_values: { root_module: { resources } },
    configuration: { provider_config: { aws: { expressions: { region: { constant_value: "us-east-1" } } } } },
  };
}

interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

async function cost(args: readonly string[], stdin?: Readable): Promise<Ended> {
  const world = testWorld(["cost", ...args], { cwd: dir, ...(stdin === undefined ? {} : { stdin }) });
  const code = await main(world);
  return { code, out: world.out(), err: world.err() };
}

async function document(args: readonly string[], stdin?: Readable): Promise<JsonObject> {
  const { out } = await cost([...args, "--json"], stdin);
  const parsed: unknown = JSON.parse(out);
  return objectAt(parsed);
}

describe("faber cost --plan-json", () => {
  it("writes the estimate as one document", async () => {
    const estimate = await document(["--plan-json=plan.json"]);
    expect(estimate).toMatchObject({
      currency: "USD",
      total_monthly_usd: 70.88,
      upper_monthly_usd: 70.88,
      before_monthly_usd: 0,
      difference_usd: 70.88,
      unknown: [
        { address: "aws_unheard_of.x", type: "aws_unheard_of", reason: "no prices for aws_unheard_of" },
      ],
      free: [{ address: "aws_iam_role.r" }],
      usage_unmatched: [],
      exit: { code: 0, name: "done" },
    });
    expect(estimate["prices_as_of"]).toMatch(/^20\d\d-\d\d/);
    const [web, api] = arrayAt(estimate["resources"]).map(objectAt);
    expect(web).toMatchObject({ address: "aws_instance.web", region: "us-east-1", monthly_cost_usd: 70.88 });
    expect(api).toMatchObject({ monthly_cost_usd: null });
    expect(arrayAt(web?.["components"])[0]).toEqual({
      name: "Instance usage (Linux/UNIX, on-demand, m5.large)",
      unit: "hours",
      monthly_quantity: 730,
      unit_price: 0.096,
      monthly_cost: 70.08,
      usage_based: false,
      price_as_of: expect.stringMatching(/^20\d\d-/) as string,
    });
  });

  it("reads standard input, and says the same", async () => {
    const text = JSON.stringify(planOf(machines));
    const piped = await document(["--plan-json=-"], Readable.from([Buffer.from(text)]));
    expect(piped).toEqual(await document(["--plan-json=plan.json"]));
  });

  it("prints a bill to a person, and nothing beside it", async () => {
    const { code, out, err } = await cost(["--plan-json=plan.json"]);
    expect([code, err]).toEqual([0, ""]);
    expect(out).toContain("aws_instance.web");
    expect(out).toContain("$70.88 a month (+$70.88 against now)");
    expect(out).toContain("price not known: 1");
  });

  it.each<readonly [string, string]>([
    ["empty", ""],
    ["no JSON", "{"],
    ["a list", "[]"],
    ["a state", '{"format_version":"1.0","values":{"root_module":{}}}'],
    ["a binary plan", "PK\u0003\u0004\u0000"],
  ])("refuses what is no plan: %s", async (_, text) => {
    await writeFile(join(dir, "other.json"), text);
    const refused = { error: { code: "not-a-plan-document" }, exit: { code: 64 } };
    expect(await document(["--plan-json=other.json"])).toMatchObject(refused);
    expect(await document(["--plan-json=-"], Readable.from([Buffer.from(text)]))).toMatchObject(refused);
  });

  it("says that there is no such file", async () => {
    expect(await document(["--plan-json=none.json"])).toMatchObject({
      error: { code: "file-unreadable" },
      exit: { code: 64 },
    });
  });
});

describe("a usage file", () => {
  const usage = async (text: string, ...more: readonly string[]): Promise<JsonObject> => {
    await writeFile(join(dir, "usage.yml"), text);
    return document(["--plan-json=plan.json", "--usage=usage.yml", ...more]);
  };

  it("gives what depends on usage a cost", async () => {
    const estimate = await usage(
      "version: 0.1\nresource_usage:\n  aws_lambda_function.api:\n    monthly_requests: 5000000\n  aws_lb.gone:\n    new_connections: 3\n",
    );
    expect(estimate["usage_unmatched"]).toEqual(["aws_lb.gone"]);
    // 5 million requests, and their 625 GB-seconds.
    expect(estimate["total_monthly_usd"]).toBe(71.89);
  });

  it.each([
    ["version: 0.2\nresource_usage: {}\n", "usage.yml:1:", "the version is 0.2"],
    ["version: 0.1\nresource_usages:\n  a: 1\n", "usage.yml:2:", 'unknown key "resource_usages"'],
    [
      "version: 0.1\nresource_usage:\n  aws_lambda_function.api:\n    monthly_requests: -5\n",
      "usage.yml:4:",
      "monthly_requests is -5",
    ],
    ["version: 0.1\nresource_usage:\n  aws_lambda_function.api: 7\n", "usage.yml:3:", "is a mapping"],
    ["version: 0.1\nresource_usage:\n\taws_lb.a: {}\n", "usage.yml:3:", ""],
    ["version: 0.1\nresource_usage: {a: {b: 1}, a: {b: 2}}\n", "usage.yml:2:", ""],
  ])("with a mistake is refused at its place: %j", async (text, place, message) => {
    const refused = await usage(text);
    const error = objectAt(refused["error"]);
    expect(refused).toMatchObject({ exit: { code: 64 } });
    expect(JSON.stringify(error)).toContain(place);
    expect(JSON.stringify(error).replaceAll('\\"', '"')).toContain(message);
  });
});

describe("what others wrote into a plan", () => {
  const hostile = 'aws_instance.web["\u001b]8;;http://x\u0007\r\n::error::<script>]]>"]';
  const secret = "m5.secret-hunter2";

  it("moves no cursor and starts no line", async () => {
    const plan = planOf([planned("aws_instance.web", { instance_type: "m5.large" }, { address: hostile })]);
    await writeFile(join(dir, "hostile.json"), JSON.stringify(plan));
    const { out } = await cost(["--plan-json=hostile.json"]);
    expect(out).toContain("\\u{1b}]8;;http://x\\u{7} ::error::<script>]]>");
    expect(out).not.toMatch(/^::error::/m);
    const estimate = await document(["--plan-json=hostile.json"]);
    expect(objectAt(arrayAt(estimate["resources"])[0])["address"]).toBe(hostile);
  });

  it("is never told when Terraform says that it is sensitive", async () => {
    const plan = planOf([
      planned("aws_instance.a", { instance_type: secret }, { sensitive_values: { instance_type: true } }),
      planned(
        "aws_db_instance.b",
        { engine: secret, instance_class: "db.m5.large" },
        { sensitive_values: { engine: true } },
      ),
      planned("aws_ebs_volume.c", { type: secret, size: 1 }, { sensitive_values: { type: true } }),
    ]);
    await writeFile(join(dir, "secret.json"), JSON.stringify(plan));
    for (const args of [[], ["--json"], ["--verbose"]]) {
      const { code, out, err } = await cost(["--plan-json=secret.json", ...args]);
      expect(code).toBe(0);
      expect(out).toContain("(sensitive)");
      expect(out + err).not.toContain(secret);
    }
  });
});

describe("a large plan", () => {
  it("of more than 100 MB is priced", async () => {
    const padding = "x".repeat(20_000);
    const resource = (at: number): string =>
      JSON.stringify(planned(`aws_instance.web[${at}]`, { instance_type: "m5.large", user_data: padding }));
    const file = join(dir, "large.json");
    const parts = function* () {
      yield '{"format_version":"1.2","configuration":{"provider_config":{"aws":{"expressions":{"region":{"constant_value":"us-east-1"}}}}},"planned_values":{"root_module":{"resources":[';
      for (let at = 0; at < 5400; at += 1) yield `${at === 0 ? "" : ","}${resource(at)}`;
      yield "]}}}";
    };
    await pipeline(Readable.from(parts()), createWriteStream(file));
    const estimate = await document([`--plan-json=${file}`]);
    expect(estimate).toMatchObject({ total_monthly_usd: 382_752, exit: { code: 0 } });
  }, 60_000);

  it("of more than a string can hold is refused unread, from a file", async () => {
    await writeFile(join(dir, "huge.json"), "{");
    await truncate(join(dir, "huge.json"), 600 * 1024 * 1024);
    expect(await document(["--plan-json=huge.json"])).toMatchObject({
      error: { code: "text-too-large", message: expect.stringContaining("500 MiB") as string },
      exit: { code: 64 },
    });
  });

  it("that never ends is refused, from standard input", async () => {
    const endless = new PassThrough();
    const chunk = Buffer.alloc(16 * 1024 * 1024, " ");
    const feeding = pipeline(
      Readable.from(
        (function* () {
          for (let at = 0; at < 64; at += 1) yield chunk;
        })(),
      ),
      endless,
    ).catch(() => undefined);
    expect(await document(["--plan-json=-"], endless)).toMatchObject({ error: { code: "text-too-large" } });
    endless.destroy();
    await feeding;
  }, 60_000);
});
