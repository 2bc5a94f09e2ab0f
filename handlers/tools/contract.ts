/** A program that faber runs but does not ship. */
export interface Tool {
  readonly name: string;
  /** What faber loses without it, in one line. */
  readonly purpose: string;
  readonly required: boolean;
  /** Lowest version that works, e.g. `1.5.0`. */
  readonly atLeast?: string;
  readonly find: (surroundings: ToolSurroundings) => Promise<FoundTool | undefined>;
  /** Fetches it into faber's own tool folder; throws FaberError with how to get it by hand when that fails. */
  readonly install: (surroundings: ToolSurroundings, say: (text: string) => void) => Promise<FoundTool>;
  /** How a person gets it, in plain words. */
  readonly howToGet: string;
}

export interface FoundTool {
  readonly path: string;
  readonly version: string;
  /** Where it was found: configured, faber's own folder, or PATH. */
  readonly origin: "configured" | "faber" | "path";
}

export interface ToolSurroundings {
  readonly env: Readonly<Record<string, string>>;
  /** Absolute; nothing outside it is touched by an install. */
  readonly toolDir: string;
  /** Absolute path or command name from the settings, by tool name. */
  readonly configured: Readonly<Record<string, string>>;
  readonly platform: string;
  readonly arch: string;
  readonly signal: AbortSignal;
}
