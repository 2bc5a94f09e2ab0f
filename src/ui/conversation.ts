import type { Question } from "../core/host.ts";
import { viewKey, type Narrator } from "./narrator.ts";
import { askOnTerminal } from "./prompt.ts";
import { canAsk, type TerminalSetting } from "./terminal.ts";

interface Conversation {
  readonly setting: TerminalSetting;
  readonly narrator: Narrator;
  readonly print: (lines: readonly string[]) => void;
}

/** Asks; the answer `v` shows the whole plan and asks again, so that the one who asks never sees it. */
export async function askAboutPlan(question: Question, conversation: Conversation): Promise<string> {
  const { setting, narrator, print } = conversation;
  const clean = setting.redactor.value(question);
  if (canAsk(setting)) print(narrator.unseenPlan());
  for (;;) {
    const answer = await askOnTerminal(clean, { ...setting, stderr: setting.stream });
    const whole = answer === viewKey ? narrator.wholePlan(question) : undefined;
    if (whole === undefined) return answer;
    print(whole);
  }
}
