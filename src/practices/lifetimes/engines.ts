import type { Lifetime } from "./lifetime.ts";

/** Major version → end of standard support; later AWS takes a surcharge for Extended Support, or upgrades by itself. */
type Versions = Readonly<Record<string, Lifetime>>;

const postgres: Versions = {
  "9.6": { ends: "2022-04-30" },
  "10": { ends: "2023-04-17" },
  "11": { ends: "2024-02-29" },
  "12": { ends: "2025-02-28" },
  "13": { ends: "2026-02-28" },
  "14": { ends: "2027-02-28" },
  "15": { ends: "2028-02-29" },
  "16": { ends: "2029-02-28" },
};

const mysql: Versions = {
  "5.6": { ends: "2022-03-01" },
  "5.7": { ends: "2024-02-29" },
  "8.0": { ends: "2026-07-31" },
  "8.4": { ends: "2029-07-31" },
};

/** Aurora's own numbering: version 2 is MySQL 5.7, version 3 is 8.0. */
const auroraMysql: Versions = {
  "5.6": { ends: "2023-02-28" },
  "5.7": { ends: "2024-10-31" },
  "8.0": { ends: "2028-04-30" },
};

/**
 * By the name that RDS has for the engine. Sources:
 * https://docs.aws.amazon.com/AmazonRDS/latest/PostgreSQLReleaseNotes/postgresql-release-calendar.html
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/MySQL.Concepts.VersionMgmt.html
 * https://docs.aws.amazon.com/AmazonRDS/latest/AuroraMySQLReleaseNotes/AuroraMySQL.release-calendars.html
 */
export const databaseEngines: Readonly<Record<string, Versions>> = {
  postgres,
  "aurora-postgresql": postgres,
  mysql,
  "aurora-mysql": auroraMysql,
};

/** End of standard support of Kubernetes on EKS. Source: https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html */
export const kubernetesVersions: Versions = {
  "1.23": { ends: "2023-10-11", refusedFrom: "2024-10-11" },
  "1.24": { ends: "2024-01-31", refusedFrom: "2025-01-31" },
  "1.25": { ends: "2024-05-01", refusedFrom: "2025-05-01" },
  "1.26": { ends: "2024-06-11", refusedFrom: "2025-06-11" },
  "1.27": { ends: "2024-07-24", refusedFrom: "2025-07-24" },
  "1.28": { ends: "2024-11-26", refusedFrom: "2025-11-26" },
  "1.29": { ends: "2025-03-23", refusedFrom: "2026-03-23" },
  "1.30": { ends: "2025-07-23", refusedFrom: "2026-07-23" },
  "1.31": { ends: "2025-11-26", refusedFrom: "2026-11-26" },
  "1.32": { ends: "2026-03-23", refusedFrom: "2027-03-23" },
  "1.33": { ends: "2026-07-29", refusedFrom: "2027-07-29" },
  "1.34": { ends: "2026-12-02", refusedFrom: "2027-12-02" },
  "1.35": { ends: "2027-03-27", refusedFrom: "2028-03-27" },
};
