import { z } from "zod";
import { readXml, type XmlElement } from "./xml.ts";

const count = z.string().regex(/^\d+$/);
const seconds = z.string().regex(/^\d+\.\d{3}$/);
/** Ant's pre-string: text without breaks at its ends that a parser would drop. */
const name = z.string().min(1);
const none = z.strictObject({});

function element<T extends z.ZodType>(tag: string, attributes: z.ZodType, children: T) {
  return z.strictObject({ name: z.literal(tag), attributes, children, text: z.string() });
}

const empty = z.tuple([]);
const outcome = z.discriminatedUnion("name", [
  element("skipped", z.strictObject({ message: z.string() }), empty),
  element("failure", z.strictObject({ message: z.string(), type: z.string() }), empty),
  element("error", z.strictObject({ message: z.string(), type: z.string() }), empty),
]);
const testcase = element(
  "testcase",
  z.strictObject({ name: z.string(), classname: z.string(), time: seconds }),
  z.array(outcome).max(1),
);
const properties = element(
  "properties",
  none,
  z.array(element("property", z.strictObject({ name, value: z.string() }), empty)),
);
const suiteAttributes = z.strictObject({
  name,
  package: z.string(),
  id: count,
  timestamp: z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/),
  hostname: name,
  tests: count,
  failures: count,
  errors: count,
  skipped: count,
  time: seconds,
});

/**
 * What Ant's JUnit.xsd and Jenkins' junit-10.xsd both ask for, closed: `properties`, then the cases, then the two
 * outputs; numbers as they write them, and counts that are those of the cases. Throws for everything else.
 */
export function checkJunit(text: string): void {
  const root = readXml(text);
  if (root.name !== "testsuites" || Object.keys(root.attributes).length > 0)
    throw new Error("the root is no testsuites");
  root.children.forEach(checkSuite);
}

function checkSuite(suite: XmlElement, index: number): void {
  if (suite.name !== "testsuite") throw new Error(`${suite.name} where a testsuite belongs`);
  const attributes = suiteAttributes.parse(suite.attributes);
  const [first, ...rest] = suite.children;
  properties.parse(first);
  const cases = rest.slice(0, -2).map((one) => testcase.parse(one));
  const outputs = rest.slice(-2).map(({ name: tag }) => tag);
  if (outputs.join() !== "system-out,system-err") throw new Error(`outputs are ${outputs.join()}`);
  const having = (tag: string): string =>
    String(cases.filter(({ children }) => children[0]?.name === tag).length);
  const expected = {
    id: String(index),
    tests: String(cases.length),
    failures: having("failure"),
    errors: having("error"),
    skipped: having("skipped"),
  };
  for (const [key, value] of Object.entries(expected)) {
    const told: unknown = attributes[key as keyof typeof expected];
    if (told !== value) throw new Error(`${key} is ${String(told)}, and should be ${value}`);
  }
}
