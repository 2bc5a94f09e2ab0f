import { describeSettings, rowText } from "../../config/describe.ts";
import { exitOf } from "../../core/exit.ts";
import { flagOption, type CommandBody } from "../define.ts";
import { loadSettings } from "../settings.ts";
import { textTable } from "../text-table.ts";

export const configShow: CommandBody = async (invocation) => {
  const [{ settings, environment }, { sensitiveVariableNames }] = await Promise.all([
    loadSettings(invocation),
    import("../../../handlers/iac/terraform/sensitive-inputs.ts"),
  ]);
  const rows = describeSettings(settings, await sensitiveVariableNames(environment.dir));
  const withOrigin = flagOption(invocation.options, "origin");
  const lines = rows.map((row) => [row.key, rowText(row), ...(withOrigin ? [row.origin] : [])]);
  return {
    exit: exitOf("done", "shown"),
    document: { settings: rows },
    text: textTable(invocation, lines, [1]),
  };
};
