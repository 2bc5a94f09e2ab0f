import type { HistoryEntry, ReportFormat, RunReport, TestReport } from "../src/core/report.ts";

/** What a document is made of: a run, its test reports, or both. Everything in it is already redacted. */
export interface ReportInput {
  readonly run?: RunReport;
  readonly tests: readonly TestReport[];
  /** Past reports of the environment, oldest first; for trends. */
  readonly history: readonly HistoryEntry[];
  /**
   * Folder of the Terraform root inside the repository, `infra/orders`: findings name files relative to the root,
   * and who shows them beside the source wants paths of the repository. Absent: they are the same.
   */
  readonly sourceRoot?: string;
}

/** One format: a pure function from a report to text, which never throws for what a report can hold. */
export interface Renderer {
  readonly format: ReportFormat;
  /** Of a file of this format, without the dot. */
  readonly extension: string;
  readonly render: (input: ReportInput) => string;
}
