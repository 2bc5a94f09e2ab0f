import type { Redactor } from "../core/redact.ts";
import type { Recovery } from "../pipeline/recovery.ts";
import type { Borrowed } from "./borrowed.ts";
import type { Invocation } from "./define.ts";

/** The debugger of a run: loaded, and its log opened, when something has failed and not before. */
export function lazyRecovery(
  invocation: Invocation,
  parts: { readonly redactor: Redactor; readonly issueLog: string; readonly borrowed: Borrowed },
): Recovery {
  let opened: Promise<Recovery> | undefined;
  const open = async (): Promise<Recovery> => {
    const [{ createRecovery }, { debuggerParts }] = await Promise.all([
      import("../recovery/recovery.ts"),
      import("./open-log.ts"),
    ]);
    const debuggerWithLog = await debuggerParts(invocation, parts.redactor, parts.issueLog);
    parts.borrowed.owe(debuggerWithLog.close);
    const recovery = createRecovery(debuggerWithLog);
    current = recovery;
    return recovery;
  };
  let current: Recovery | undefined;
  return {
    attend: async (result, context) => (await (opened ??= open())).attend(result, context),
    mend: async (told, context) => (await (opened ??= open())).mend?.(told, context),
    proved: async (result, context) => current?.proved(result, context),
    ended: async (context) => current?.ended?.(context),
    diagnoses: () => current?.diagnoses() ?? [],
    mending: () => current?.mending?.(),
  };
}
