import type { Redactor } from "../core/redact.ts";
import type { World } from "../core/world.ts";

export interface Writer {
  /** Secrets are taken out once more; what was cut or joined before may have formed one. */
  readonly write: (text: string) => void;
  readonly columns: () => number;
}

const usualColumns = 80;

/**
 * Writes until nobody reads any more: a closed pipe, a terminal that hung up or a full disk must not end a
 * deploy, and there is no one left to be told. The listener stays for errors that arrive late.
 */
export function createWriter(stream: World["stderr"], redactor: Redactor): Writer {
  let gone = false;
  stream.on("error", () => {
    gone = true;
  });
  return {
    write: (text) => {
      if (!gone && !stream.destroyed && !stream.writableEnded) stream.write(redactor.text(text));
    },
    columns: () => {
      const { columns } = stream;
      return columns === undefined || columns < 1 ? usualColumns : columns;
    },
  };
}
