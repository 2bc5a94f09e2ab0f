import type { Tool } from "./contract.ts";
import { pins } from "./pins.ts";
import { pythonTool } from "./python-tool.ts";

export const ministack: Tool = pythonTool({
  name: "ministack",
  version: pins.ministack,
  purpose: "plays AWS on this machine for environments hosted on the emulator",
  tellsVersion: false,
});
