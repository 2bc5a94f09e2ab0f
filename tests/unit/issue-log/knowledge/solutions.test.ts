import { describe, expect, test } from "vitest";
import { fillStep, fillText } from "../../../../issue-log/knowledge/fill.ts";
import { parametersOf } from "../../../../issue-log/knowledge/parameters.ts";
import { solutionsFrom } from "../../../../issue-log/knowledge/solutions.ts";
import { entryWith } from "./entry.ts";
import { failureWith } from "./failures.ts";

describe("a step", () => {
  test("shows what is not known as a placeholder", () => {
    expect(fillText("Ask {{role_name}} about {{queue}}.", { queue: "jobs" })).toBe(
      "Ask <role-name> about jobs.",
    );
  });

  test("quotes values for a shell, and placeholders so that they redirect nothing", () => {
    const run = "aws iam get-role --role-name {{role}} --path {{path}} --tag {{tag}} <region>";
    expect(fillStep({ run }, { role: "a b'; rm -rf ~ #", tag: "$(id)" })).toBe(
      "aws iam get-role --role-name 'a b'\\''; rm -rf ~ #' --path '<path>' --tag '$(id)' '<region>'",
    );
  });

  test("leaves placeholders alone that stand within quotes already", () => {
    const run = `aws x --key '{"id":"<bucket>/<key>-md5"}' --name '<name>' --query "a[?b=='<c>']" s3://<bucket>/`;
    expect(fillStep({ run }, {})).toBe(run.replace("s3://<bucket>", "s3://'<bucket>'"));
  });

  test("leaves a value alone that is one word anyway", () => {
    const run = "terraform state rm {{address}} {{arn}}";
    expect(fillStep({ run }, { address: "module.a.aws_eip.b", arn: "arn:aws:sqs:eu-west-1:1:q" })).toBe(
      "terraform state rm module.a.aws_eip.b arn:aws:sqs:eu-west-1:1:q",
    );
  });

  test("escapes values for the string they stand in", () => {
    const given = { name: 'a"b\\${x}%{y}' };
    expect(fillStep({ json: '{ "a": "{{name}}" }' }, given)).toBe('{ "a": "a\\"b\\\\${x}%{y}" }');
    expect(fillStep({ hcl: 'a = "{{name}}"\n' }, given)).toBe('a = "a\\"b\\\\$${x}%%{y}"');
  });

  test("keeps a value on one line and harmless for a terminal", () => {
    const shown = fillText("It is {{name}}.", { name: "a\nb\u001b[31m\u202e" });
    expect(shown).toBe("It is a b\\u{1b}[31m\\u{202e}.");
    expect(fillStep({ say: "Do {{name}}", run: "x" }, { name: "a\nb" })).toBe("Do a b:\nx");
  });

  test("does not fill values again that look like parameters, nor names of an object's own methods", () => {
    expect(fillText("{{a}} {{constructor}}", { a: "{{b}}", b: "secret" })).toBe("{{b}} <constructor>");
  });

  test("cuts a value that no step could use", () => {
    expect(fillText("{{a}}", { a: "x".repeat(100_000) }).length).toBeLessThan(10_000);
  });
});

describe("parameters", () => {
  test("a session's policies are its role's", () => {
    const failure = failureWith({ principal: "arn:aws-cn:sts::111122223333:assumed-role/ci/run-7" });
    expect(parametersOf(failure)).toMatchObject({
      principal_arn: "arn:aws-cn:iam::111122223333:role/ci",
      role_name: "ci",
      session_name: "run-7",
      account_id: "111122223333",
    });
  });

  test("a user or role with a path keeps its ARN and loses the path from its name", () => {
    const of = (principal: string): Readonly<Record<string, string>> =>
      parametersOf(failureWith({ principal }));
    expect(of("arn:aws:iam::1:user/a/b/dana")).toMatchObject({
      user_name: "dana",
      principal_arn: "arn:aws:iam::1:user/a/b/dana",
    });
    expect(of("arn:aws:iam::1:role/a/b")).toMatchObject({ role_name: "b" });
    expect(of("system:anonymous")).toEqual({ principal: "system:anonymous" });
  });

  test("names within ARNs of buckets and keys", () => {
    const of = (resourceArn: string): Readonly<Record<string, string>> =>
      parametersOf(failureWith({ resourceArn }));
    expect(of("arn:aws:s3:::data-test/a/b")["bucket"]).toBe("data-test");
    expect(of("arn:aws:kms:eu-west-1:1:key/0a1b")).toMatchObject({ key_id: "0a1b", region: "eu-west-1" });
    expect(of("arn:aws:kms:eu-west-1:1:alias/x")["key_id"]).toBeUndefined();
  });

  test("what the reader found in the text wins over what follows from it", () => {
    const failure = failureWith({ action: "s3:GetObject", details: { service: "s3control" } });
    expect(parametersOf(failure)).toMatchObject({
      service: "s3control",
      operation: "GetObject",
      action: "s3:GetObject",
    });
  });

  test("the name of a resource that has an index", () => {
    const failure = failureWith({ resourceAddress: 'module.a["x.y"].aws_eip.nat["a.b"]' });
    expect(parametersOf(failure)["resource_name"]).toBe("nat");
  });
});

describe("a solution", () => {
  const [step] = entryWith({}).solutions;
  const entry = entryWith({
    root_cause: "The queue {{queue}} is gone in {{environment}}.",
    solutions: [
      {
        ...step,
        id: "unlock-it",
        automation: {
          handler: "unlock",
          operation: "remove",
          parameters: { lock_id: "{{lock_id}}", attempts: 2 },
        },
      },
      step,
    ],
  });
  const match = { entry, specificity: 40, standing: 1, parameters: { queue: "jobs" } };

  test("has an ID that does not depend on values, and the entry's odds and source", () => {
    const [first, second] = solutionsFrom(match, failureWith({}), { environment: "test" });
    expect(first?.solution.id).toBe("some-problem/unlock-it");
    expect(second?.solution.id).toBe("some-problem/mend-it");
    expect(first).toMatchObject({
      prior: { successes: 1, tries: 2 },
      specificity: 40,
      source: "https://docs.example.com/page",
    });
    expect(first?.solution.rootCause).toBe("The queue jobs is gone in test.");
    expect(first?.solution.origin).toBe("knowledge");
  });

  test("is automated when all that its handler needs is known", () => {
    const [known, plain] = solutionsFrom(match, failureWith({ details: { lock_id: "0a1b" } }));
    expect(known?.solution.automation).toEqual({
      automated: true,
      handler: "unlock",
      operation: "remove",
      parameters: { lock_id: "0a1b", attempts: 2 },
    });
    expect(plain?.solution.automation).toEqual({ automated: false, parameters: {} });
  });

  test("of a grant needs no resource from the message: the plan has it", () => {
    const parameters = { action: "{{action}}", resource: "{{resource_arn}}" };
    const granting = entryWith({ solutions: [{ ...step, automation: { handler: "grant", parameters } }] });
    const [known] = solutionsFrom({ ...match, entry: granting }, failureWith({ action: "sqs:TagQueue" }));
    expect(known?.solution.automation).toEqual({
      automated: true,
      handler: "grant",
      parameters: { action: "sqs:TagQueue" },
    });
    const [unknown] = solutionsFrom({ ...match, entry: granting }, failureWith({}));
    expect(unknown?.solution.automation).toEqual({ automated: false, parameters: {} });
  });

  test("is steps only when it is not", () => {
    const [unknown] = solutionsFrom(match, failureWith({}));
    expect(unknown?.solution.automation).toEqual({ automated: false, parameters: {} });
  });
});
