import type { ChangeAction } from "../core/plan.ts";
import type { TestStatus } from "../core/result.ts";
import type { Paint, Style } from "./style.ts";

/** The sign in front of a stage or test: told apart without colour. */
export const statusMarks: Readonly<Record<TestStatus, string>> = {
  PASS: "✓",
  WARN: "!",
  FAIL: "✗",
  ERROR: "✗",
  SKIPPED: "-",
};

/** The sign in front of a resource in a preview. */
export const actionMarks: Readonly<Record<ChangeAction, string>> = {
  delete: "-",
  replace: "-/+",
  forget: "^",
  update: "~",
  create: "+",
  import: "<",
  move: ">",
  read: "=",
  "no-op": " ",
};

export function paintOfStatus(status: TestStatus, style: Style): Paint {
  if (status === "PASS") return style.good;
  if (status === "SKIPPED") return style.dim;
  return status === "WARN" ? style.warn : style.bad;
}

export function paintOfAction(action: ChangeAction, style: Style): Paint {
  if (action === "delete" || action === "replace") return style.bad;
  if (action === "update" || action === "forget") return style.warn;
  return action === "create" ? style.good : style.accent;
}
