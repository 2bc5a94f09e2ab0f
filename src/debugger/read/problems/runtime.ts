import type { Problem } from "./problem.ts";

/** Programs that fail: functions in Lambda, and the tests that a pipeline runs. */
export const runtimeProblems: readonly Problem[] = [
  { name: "go-test-timeout", category: "config", phrases: ["panic: test timed out after"] },
  {
    name: "coverage-pytest",
    category: "config",
    phrases: ["required test coverage of … not reached", "coverage failure: total of"],
  },
  {
    name: "coverage-js",
    category: "config",
    phrases: [
      "coverage for … does not meet",
      "coverage not met for global",
      "coverage threshold for … not met",
    ],
  },
  {
    name: "lambda-entrypoint",
    category: "config",
    phrases: ["runtime.invalidentrypoint", "fork/exec … no such file or directory"],
    codes: ["runtime.invalidentrypoint"],
  },
  {
    name: "js-property-of-nothing",
    category: "config",
    phrases: [
      "cannot read property … of undefined",
      "cannot read properties of undefined",
      "cannot read property … of null",
      "cannot read properties of null",
    ],
  },
  { name: "js-not-a-function", category: "config", phrases: ["typeerror: … is not a function"] },
  { name: "js-not-defined", category: "config", phrases: ["referenceerror: … is not defined"] },
  {
    name: "json-unreadable",
    category: "config",
    phrases: [
      "unexpected token … in json at position",
      "unexpected end of json input",
      "expecting value: line",
      "is not valid json",
    ],
  },
  {
    name: "python-none-attribute",
    category: "config",
    phrases: ["'nonetype' object has no attribute", "'nonetype' object is not"],
  },
  { name: "python-index", category: "config", phrases: ["indexerror: "] },
  { name: "import-name-python", category: "config", phrases: ["cannot import name"] },
  { name: "lambda-import", category: "config", phrases: ["unable to import module"] },
  { name: "import-python", category: "config", phrases: ["no module named"] },
  {
    name: "import-node",
    category: "config",
    phrases: ["cannot find module", "cannot find package", "err_module_not_found"],
  },
  {
    name: "lambda-import",
    category: "config",
    phrases: ["runtime.importmoduleerror"],
    codes: ["runtime.importmodule"],
  },
  {
    name: "lambda-handler-missing",
    category: "config",
    phrases: ["runtime.handlernotfound", "is undefined or not exported", "handler … missing on module"],
    codes: ["runtime.handlernotfound"],
  },
  {
    name: "lambda-timed-out",
    category: "resource",
    also: "config",
    phrases: ["task timed out after"],
    codes: ["sandbox.timedout"],
  },
  {
    name: "lambda-out-of-memory",
    category: "resource",
    also: "quota",
    phrases: ["runtime exited with error: signal: killed", "javascript heap out of memory"],
    codes: ["runtime.outofmemory"],
  },
  {
    name: "lambda-exited",
    category: "resource",
    also: "config",
    phrases: ["runtime exited without providing a reason", "runtime exited with error: exit status"],
    codes: ["runtime.exit"],
  },
  { name: "lambda-not-found-local", category: "resource", phrases: ["function not found: arn:"] },
  {
    name: "jest-timeout",
    category: "config",
    phrases: ["exceeded timeout of … for a test", "exceeded timeout of … for a hook"],
  },
  { name: "jest-assertion", category: "config", phrases: ["expect(received)", "expect(jest.fn())"] },
  {
    name: "pytest-fixture",
    category: "config",
    phrases: ["fixture '… not found available fixtures", "fixture ' … not found"],
  },
  { name: "pytest-assertion", category: "config", phrases: ["e assertionerror", "e assert ", "> assert "] },
  { name: "go-test-not-equal", category: "config", phrases: ["--- fail: … not equal:"] },
  {
    name: "terratest-fatal",
    category: "config",
    phrases: ["due to fatal error: fatalerror{underlying: exit status"],
  },
  {
    name: "emulator-service-down",
    category: "network",
    phrases: ["max retries exceeded with url … connection refused"],
  },
  {
    name: "python-key-error",
    category: "config",
    phrases: ["keyerror: '", "': keyerror", "keyerror: u'", 'keyerror: "'],
  },
];
