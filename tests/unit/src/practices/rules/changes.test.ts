import { changes } from "../../../../../src/practices/rules/changes.ts";
import { constant, made, refersTo, type PlannedPart } from "../../../../helpers/plan-document.ts";
import { testRules } from "../../../../helpers/rule-cases.ts";

const replaced: PlannedPart = {
  address: "aws_db_instance.main",
  before: {},
  actions: ["delete", "create"],
  replacedFor: [["storage_encrypted"]],
};
const gone = (address: string): PlannedPart => ({ address, before: {}, actions: ["delete"] });
// A removed block lets go of a resource without touching it.
const forgotten = (address: string): PlannedPart => ({ address, before: {}, actions: ["forget"] });

testRules(changes, {
  "stateful-replaced": {
    objects: { resources: [replaced], at: "aws_db_instance.main", says: /because storage_encrypted changes/ },
    quiet: { address: "aws_security_group.a", before: {}, actions: ["delete", "create"] },
  },
  "stateful-deleted": {
    objects: gone("aws_s3_bucket.b"),
    quiet: { resources: [gone("aws_iam_role.r"), forgotten("aws_s3_bucket.b")] },
  },
  "deletions-above-budget": {
    objects: {
      resources: [gone("aws_iam_role.a"), replaced],
      deletions: { max: 1, protectedTypes: [] },
      says: /^2 are deleted or replaced, and 1 may be/,
    },
    quiet: {
      resources: [gone("aws_iam_role.a"), forgotten("aws_iam_role.b")],
      deletions: { max: 1, protectedTypes: [] },
    },
  },
  "protected-type-deleted": {
    objects: {
      resources: [replaced],
      deletions: { protectedTypes: ["aws_db_*"] },
      at: "aws_db_instance.main",
      says: /replaced/,
    },
    quiet: {
      resources: [gone("aws_iam_role.a"), forgotten("aws_db_instance.main")],
      deletions: { protectedTypes: ["aws_db_*", "aws_iam"] },
    },
  },
  "most-resources-deleted": {
    objects: {
      resources: [
        made("aws_iam_role.new"),
        ...Array.from({ length: 5 }, (_, index) => gone(`aws_iam_role.r${index}`)),
      ],
    },
    quiet: { resources: [gone("aws_iam_role.a"), gone("aws_iam_role.b")] },
  },
  "count-index-shift": {
    objects: {
      resources: [
        { address: "aws_subnet.s[0]", before: {}, actions: ["delete", "create"] },
        { ...gone("aws_subnet.s[1]"), reason: "delete_because_count_index" },
      ],
      at: "aws_subnet.s[0]",
    },
    quiet: { ...gone("aws_subnet.s[1]"), reason: "delete_because_count_index" },
  },
  "tainted-replaced": {
    objects: { ...replaced, reason: "replace_because_tainted" },
    quiet: replaced,
  },
  "timestamp-in-plan": {
    objects: {
      address: "terraform_data.t",
      before: {},
      actions: ["delete", "create"],
      replacedFor: [["triggers_replace"]],
      wrote: { triggers_replace: {} },
    },
    quiet: {
      address: "terraform_data.t",
      before: {},
      actions: ["delete", "create"],
      replacedFor: [["triggers_replace"]],
      wrote: { triggers_replace: refersTo("aws_instance.a.id"), input: constant(1) },
    },
  },
});
