/** A program that faber runs but does not ship. */
export interface Tool {
  readonly name: string;
  /** What faber loses without it, in one line. */
  readonly purpose: string;
  readonly required: boolean;
  /** Names of tools of which any one does the same service: a required tool may be missing when one of them is there. */
  readonly alternatives?: readonly string[];
  /** Lowest version that works, e.g. `1.5.0`. */
  readonly atLeast?: string;
  /** Undefined when it is nowhere; throws FaberError when a configured one is not there or does not run. */
  readonly find: (surroundings: ToolSurroundings) => Promise<FoundTool | undefined>;
  /** Fetches it into faber's own tool folder; throws FaberError with how to get it by hand when that fails. */
  readonly install: (surroundings: ToolSurroundings, say: (text: string) => void) => Promise<FoundTool>;
  /** How a person gets it, in plain words. */
  readonly howToGet: string;
}

export interface FoundTool {
  readonly path: string;
  /** `unknown` for a tool that does not tell. */
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
  /** Folder that tools are asked their version in: version managers (tfenv, asdf) choose by it. */
  readonly cwd?: string;
  /** Base URLs of release downloads, by tool name, in place of the official ones. */
  readonly releases?: Readonly<Record<string, string>>;
}
