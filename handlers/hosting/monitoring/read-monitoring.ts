import { arrayAt, objectAt, stringAt, type JsonObject } from "../../../src/core/json.ts";
import type { Resource } from "../../../src/core/resource.ts";
import type { Inspection, Observation, Unchecked } from "../contract.ts";
import { askEach } from "../existence/ask-each.ts";
import { inParallel, interruption, type Interruption } from "../existence/parallel.ts";
import { deskOf, type Clients, type Desk } from "../posture/desk.ts";
import { clientsByRegion, regionOf, type ReadingContext } from "../posture/read-posture.ts";
import { readCompositeAlarm, readMetricAlarm, type Alarm } from "./alarm.ts";
import { isNamed, namedBy } from "./dimension-targets.ts";
import { judgeAlarm, missingAlarms } from "./judge-alarms.ts";
import { judgeLogGroup, logGroupOf } from "./log-groups.ts";
import { deadLetterArns, needsOf } from "./needs.ts";

const call = "cloudwatch:DescribeAlarms";

/** Looks at alarms and log groups of the live account, region by region. */
export async function readMonitoring(
  resources: readonly Resource[],
  context: ReadingContext,
): Promise<Inspection> {
  const interrupted = interruption(context.signal);
  const unchecked: Unchecked[] = [];
  const reading: Reading = {
    context,
    interrupted,
    unchecked,
    deadLetters: deadLetterArns(resources),
    clientsFor: clientsByRegion(context.config),
  };
  try {
    const [alarms, logs] = await Promise.all([readAlarms(resources, reading), readLogs(resources, reading)]);
    const observations = dedupe([...alarms.observations, ...logs]);
    return {
      observations,
      checked: watched(resources, reading.deadLetters)
        .map(({ address }) => address)
        .filter((address) => !unchecked.some((one) => one.address === address)),
      unchecked,
      figures: { alarms: alarms.count, ...countsOf(resources) },
    };
  } finally {
    interrupted.close();
  }
}

interface Reading {
  readonly context: ReadingContext;
  readonly interrupted: Interruption;
  readonly unchecked: Unchecked[];
  readonly deadLetters: ReadonlySet<string>;
  readonly clientsFor: (resource: Resource) => Clients;
}

const alarmTypes = new Set(["aws_cloudwatch_metric_alarm", "aws_cloudwatch_composite_alarm"]);

/** Resources that this test has a question about. */
function watched(resources: readonly Resource[], deadLetters: ReadonlySet<string>): readonly Resource[] {
  return resources.filter(
    (resource) =>
      alarmTypes.has(resource.type) ||
      logGroupOf(resource) !== undefined ||
      needsOf(resource, deadLetters).length > 0,
  );
}

async function readAlarms(
  resources: readonly Resource[],
  reading: Reading,
): Promise<{ readonly observations: readonly Observation[]; readonly count: number }> {
  const { context, deadLetters } = reading;
  const byRegion = new Map<string, Resource[]>();
  for (const resource of resources) {
    if (!alarmTypes.has(resource.type) && needsOf(resource, deadLetters).length === 0) continue;
    const region = regionOf(resource) ?? context.config.region;
    byRegion.set(region, [...(byRegion.get(region) ?? []), resource]);
  }
  const found = await Promise.all(
    [...byRegion.values()].map((own) =>
      reading.interrupted.unless(() => regionAlarms(own, resources, reading)),
    ),
  );
  return {
    observations: found.flatMap(({ observations }) => observations),
    count: found.reduce((sum, { count }) => sum + count, 0),
  };
}

async function regionAlarms(
  own: readonly Resource[],
  all: readonly Resource[],
  reading: Reading,
): Promise<{ readonly observations: readonly Observation[]; readonly count: number }> {
  const [first] = own;
  if (first === undefined) return { observations: [], count: 0 };
  const desk = deskFor(first, reading, []);
  const noted: Unchecked[] = [];
  const reply = await deskFor(first, reading, noted).ask(call, () => allAlarms(desk));
  if (reply.kind !== "told") {
    const why = noted[0]?.why ?? "the service knows no alarms";
    reading.unchecked.push(...own.map(({ address }) => ({ address, call, why })));
    return { observations: [], count: 0 };
  }
  const alarms = reply.value;
  const mine = own
    .filter(({ type }) => alarmTypes.has(type))
    .flatMap((resource) => {
      const alarm = alarms.find(({ name }) => name === stringAt(resource.attributes["alarm_name"]));
      return alarm === undefined ? [] : [{ resource, alarm }];
    });
  return {
    observations: [
      ...missingAlarms(own, reading.deadLetters, alarms),
      ...mine.flatMap(({ resource, alarm }) => judgeAlarm(resource.address, alarm, alarms)),
      ...(await watchingNothing(mine, all, reading)),
    ],
    count: alarms.length,
  };
}

/** Every alarm of a region, a hundred at a time. */
async function allAlarms(desk: Desk): Promise<readonly Alarm[]> {
  const cloudwatch = desk.json({
    service: "monitoring",
    target: "GraniteServiceVersion20100801",
    protocol: "1.0",
  });
  const alarms: Alarm[] = [];
  let token: string | undefined;
  do {
    const said: JsonObject = await cloudwatch("DescribeAlarms", {
      MaxRecords: 100,
      AlarmTypes: ["MetricAlarm", "CompositeAlarm"],
      ...(token === undefined ? {} : { NextToken: token }),
    });
    alarms.push(
      ...arrayAt(said["MetricAlarms"]).map((one) => readMetricAlarm(objectAt(one))),
      ...arrayAt(said["CompositeAlarms"]).map((one) => readCompositeAlarm(objectAt(one))),
    );
    token = stringAt(said["NextToken"]) || undefined;
  } while (token !== undefined);
  return alarms;
}

/** Alarms whose dimensions name what is neither in the stack nor in the account. */
async function watchingNothing(
  mine: readonly { readonly resource: Resource; readonly alarm: Alarm }[],
  all: readonly Resource[],
  { context }: Reading,
): Promise<readonly Observation[]> {
  const asked = mine.flatMap(({ resource, alarm }) =>
    alarm.metrics
      .flatMap(namedBy)
      .filter((named) => !all.some((one) => isNamed(one, named)))
      .map((named) => ({ resource, named })),
  );
  const region = mine.map(({ resource }) => regionOf(resource)).find(Boolean) ?? context.config.region;
  const answers = await askEach(
    asked.map(({ named }) => named),
    { ...context, config: { ...context.config, region } },
  );
  return asked.flatMap(({ resource, named }, index) =>
    answers[index]?.answer === "missing"
      ? [
          {
            rule: "alarm-watches-nothing",
            severity: "MEDIUM" as const,
            address: resource.address,
            message: `its dimension names what does not exist: ${named.address}`,
            remedy: "refer to the resource's own attribute in dimensions, e.g. aws_sqs_queue.NAME.name",
          },
        ]
      : [],
  );
}

async function readLogs(resources: readonly Resource[], reading: Reading): Promise<readonly Observation[]> {
  const found: Observation[] = [];
  const groups = resources.flatMap((resource) => {
    const group = logGroupOf(resource);
    return group === undefined ? [] : [{ resource, group }];
  });
  await inParallel(groups, async ({ resource, group }) => {
    const desk = deskFor(resource, reading, reading.unchecked);
    const isFunction = resource.type === "aws_lambda_function";
    found.push(...(await reading.interrupted.unless(() => judgeLogGroup(desk, group, isFunction))));
  });
  return found;
}

function deskFor(resource: Resource, { context, clientsFor }: Reading, unchecked: Unchecked[]): Desk {
  return deskOf({
    clients: clientsFor(resource),
    label: context.label,
    account: undefined,
    resource,
    unchecked,
  });
}

/** A function and its own log group speak of the same group: it is said once, of the one that has the setting. */
function dedupe(observations: readonly Observation[]): readonly Observation[] {
  const byMessage = new Map<string, Observation>();
  for (const one of observations) {
    const key =
      one.rule === "log-group-without-retention" ? one.message : `${one.rule} ${one.address} ${one.message}`;
    const known = byMessage.get(key);
    if (known === undefined || one.address.includes("aws_cloudwatch_log_group.")) byMessage.set(key, one);
  }
  return [...byMessage.values()];
}

/** Of the state: neither is asked for, and nothing is judged by them. */
function countsOf(resources: readonly Resource[]): Readonly<Record<string, number>> {
  const traced = resources.filter(({ attributes }) =>
    arrayAt(attributes["tracing_config"]).some((block) => objectAt(block)["mode"] === "Active"),
  );
  return {
    dashboards: resources.filter(({ type }) => type === "aws_cloudwatch_dashboard").length,
    traced: traced.length,
  };
}
