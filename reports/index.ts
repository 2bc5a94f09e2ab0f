import type { ReportFormat } from "../src/core/report.ts";
import type { Renderer } from "./contract.ts";
import { gitlab } from "./gitlab.ts";
import { html } from "./html/index.ts";
import { json } from "./json.ts";
import { junit } from "./junit.ts";
import { markdown } from "./markdown/index.ts";
import { sarif } from "./sarif/index.ts";
import { yaml } from "./yaml.ts";

/** Every format that a report can be written in. */
export const renderers: Readonly<Record<ReportFormat, Renderer>> = {
  json,
  junit,
  sarif,
  md: markdown,
  html,
  yaml,
  gitlab,
};
