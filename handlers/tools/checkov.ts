import type { Tool } from "./contract.ts";
import { pins } from "./pins.ts";
import { pythonTool } from "./python-tool.ts";

export const checkov: Tool = pythonTool({
  name: "checkov",
  version: pins.checkov,
  purpose: "scans the configuration for security problems (checkov_security)",
  tellsVersion: true,
});
