import { messageOf } from "../core/error.ts";
import type { FaberEvent } from "../core/event.ts";
import type { Host } from "../core/host.ts";
import { safeLine } from "../core/safe-text.ts";

/** `Host.emit` never throws: a view that fails says so, and the run goes on. */
export function guarded(
  show: (event: FaberEvent) => void,
  print: (lines: readonly string[]) => void,
): Host["emit"] {
  return (event) => {
    try {
      show(event);
    } catch (error) {
      print([`! could not show ${event.type}: ${safeLine(messageOf(error))}`]);
    }
  };
}
