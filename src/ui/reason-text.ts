import { safeLine } from "../core/safe-text.ts";

/** Words for the reason codes of a plan (`action_reason` of its JSON); a code that is new is shown as it is. */
export function reasonText(code: string): string {
  return reasons[code] ?? safeLine(code.replaceAll("_", " "));
}

const reasons: Readonly<Record<string, string>> = {
  replace_because_tainted: "it is tainted",
  replace_because_cannot_update: "it cannot be changed in place",
  replace_by_request: "asked for",
  replace_by_triggers: "something it follows changes",
  delete_because_no_resource_config: "it is no longer in the configuration",
  delete_because_no_module: "its module is no longer in the configuration",
  delete_because_wrong_repetition: "its count or for_each changed",
  delete_because_count_index: "its index is beyond count",
  delete_because_each_key: "its key is no longer in for_each",
  delete_because_no_move_target: "it was moved to what is not configured",
};
