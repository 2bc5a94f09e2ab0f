import type { Exit } from "../core/exit.ts";
import type { JsonValue } from "../core/json.ts";
import type { Redactor } from "../core/redact.ts";
import type { World } from "../core/world.ts";

/** A command as data: help, documentation and the parser come from it, and its body loads when it runs. */
export interface CommandDefinition {
  /** Words after `faber`: `deploy`, `emulator start`. */
  readonly name: string;
  readonly aliases?: readonly string[];
  readonly summary: string;
  readonly options: readonly OptionDefinition[];
  readonly positional?: { readonly name: string; readonly summary: string };
  readonly examples: readonly string[];
  readonly load: () => Promise<CommandBody>;
}

export interface OptionDefinition {
  /** Without dashes: `env`, `out`. */
  readonly name: string;
  readonly alias?: string;
  readonly summary: string;
  /** The value's name in the help; a flag without one is true or absent. */
  readonly value?: string;
  readonly choices?: readonly string[];
  /** The value may be left out: the flag alone means something too. */
  readonly valueOptional?: boolean;
  /** May be given several times. */
  readonly repeatable?: boolean;
  /**
   * Whether `FABER_NAME` stands in for the flag. Nothing that approves or weakens has a variable: an
   * environment that somebody else filled must not say yes.
   */
  readonly variable: boolean;
  /** The settings read that variable themselves, so that they can say where a value comes from. */
  readonly isSetting?: boolean;
}

export type OptionValues = Readonly<Record<string, string | boolean | readonly string[] | undefined>>;

export interface Invocation {
  readonly world: World;
  readonly options: OptionValues;
  readonly positional: readonly string[];
  /** The command's words, for the record. */
  readonly command: string;
  /** Aborted by the first signal that asks faber to end, with that signal as its reason. */
  readonly signal: AbortSignal;
  /** The one redactor of this process: whatever leaves it goes through here. */
  readonly redactor: Redactor;
}

/** What a command came to: its exit, and its result for a program and for a person. */
export interface CommandEnd {
  readonly exit: Exit;
  /** The document for `--json`; `exit` is added to it. */
  readonly document?: { readonly [key: string]: JsonValue | object | undefined };
  /** The command has written its result itself, piece by piece. */
  readonly printed?: true;
  /** The result on stdout without `--json`. */
  readonly text?: string;
}

export type CommandBody = (invocation: Invocation) => Promise<CommandEnd>;

export function textOption(options: OptionValues, name: string): string | undefined {
  const value = options[name];
  return typeof value === "string" ? value : undefined;
}

export function flagOption(options: OptionValues, name: string): boolean {
  return options[name] === true;
}
