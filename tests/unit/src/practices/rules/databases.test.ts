import { databases } from "../../../../../src/practices/rules/databases.ts";
import { constant, made, refersTo } from "../../../../helpers/plan-document.ts";
import { testRules } from "../../../../helpers/rule-cases.ts";

const db = (after: object = {}, wrote = {}) =>
  made("aws_db_instance.d", { engine: "postgres", ...after }, wrote);
const maria = (engine_version: string) => db({ engine: "mariadb", engine_version });
const table = (after: object = {}) => made("aws_dynamodb_table.t", { ...after });
const subnets = (isPublic: boolean) => [
  made("aws_db_subnet_group.g", {}, { subnet_ids: refersTo("aws_subnet.a.id") }),
  made("aws_subnet.a", { map_public_ip_on_launch: isPublic }),
];

testRules(databases, {
  "database-single-az": {
    objects: {
      resources: [{ address: "aws_db_instance.d", unknown: { multi_az: true }, wrote: {} }],
      at: "aws_db_instance.d",
    },
    quiet: {
      resources: [
        db({ multi_az: true }),
        {
          address: "aws_db_instance.e",
          unknown: { multi_az: true },
          wrote: { multi_az: refersTo("var.multi") },
        },
      ],
    },
  },
  "database-without-deletion-protection": {
    objects: { resources: [db({ deletion_protection: false })] },
    quiet: { resources: [db({ deletion_protection: true }), table({ deletion_protection_enabled: true })] },
  },
  "database-without-final-snapshot": {
    objects: db({ skip_final_snapshot: true }),
    quiet: db({ skip_final_snapshot: false }),
  },
  "final-snapshot-without-name": {
    objects: db({ skip_final_snapshot: false, final_snapshot_identifier: null }),
    quiet: db({ skip_final_snapshot: false, final_snapshot_identifier: "last" }),
  },
  "database-backups-too-short": {
    objects: { resources: [db({ backup_retention_period: 1 }), db()], says: /1 day\n.*it keeps none$/ },
    quiet: {
      resources: [
        db({ backup_retention_period: 7 }),
        made("aws_db_instance.e", {}, { backup_retention_period: refersTo("var.days") }),
        made("aws_db_instance.f", { snapshot_identifier: "last" }),
      ],
    },
  },
  "table-without-point-in-time-recovery": {
    objects: table({ point_in_time_recovery: [] }),
    quiet: table({ point_in_time_recovery: [{ enabled: true }] }),
  },
  "database-changes-at-once": {
    objects: db({ apply_immediately: true }),
    quiet: db({ apply_immediately: false }),
  },
  "database-major-upgrade": {
    objects: {
      resources: [
        { ...db({ engine_version: "16.3" }), before: { engine_version: "15.8" } },
        { ...maria("10.11.6"), before: { engine_version: "10.6.14" } },
      ],
      says: /from 15.8 to 16.3\n.*from 10.6.14 to 10.11.6/,
    },
    quiet: {
      resources: [
        { ...db({ engine_version: "15.9" }), before: { engine_version: "15.8" } },
        { ...maria("10.6.18"), before: { engine_version: "10.6.14" } },
      ],
    },
  },
  "database-in-public-subnet": {
    objects: { resources: subnets(true), at: "aws_db_subnet_group.g" },
    quiet: { resources: subnets(false) },
  },
  "table-capacity-fixed": {
    objects: table({ billing_mode: "PROVISIONED" }),
    quiet: {
      resources: [
        table({ billing_mode: "PROVISIONED" }),
        made("aws_appautoscaling_target.t", {}, { resource_id: refersTo("aws_dynamodb_table.t.name") }),
      ],
    },
  },
  "database-storage-fixed": {
    objects: db({ max_allocated_storage: null }),
    quiet: db({ max_allocated_storage: 100 }),
  },
  "cache-without-snapshots": {
    objects: made("aws_elasticache_replication_group.r", { snapshot_retention_limit: 0 }),
    quiet: made(
      "aws_elasticache_replication_group.r",
      { snapshot_retention_limit: 5 },
      { snapshot_retention_limit: constant(5) },
    ),
  },
});
