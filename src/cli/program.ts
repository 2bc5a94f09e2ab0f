import { Command, CommanderError, Option } from "commander";
import { FaberError } from "../core/error.ts";
import type { World } from "../core/world.ts";
import type { CommandDefinition, OptionDefinition, OptionValues } from "./define.ts";
import { globalOptions } from "./options.ts";

export type Parsed =
  | {
      readonly kind: "run";
      readonly definition: CommandDefinition;
      readonly options: OptionValues;
      readonly positional: readonly string[];
    }
  /** Help was asked for and has been printed. */
  | { readonly kind: "shown" };

/** Reads the command line; throws FaberError (64) for what is not understood. */
export function parseCommandLine(
  world: World,
  version: string,
  definitions: readonly CommandDefinition[],
): Parsed {
  let parsed: Parsed = { kind: "shown" };
  const program = rootCommand(world, version);
  for (const definition of definitions) {
    const command = placeFor(program, definition.name);
    describe(command, definition);
    command.action(() => {
      const options = withVariables(
        command.optsWithGlobals(),
        [...globalOptions, ...definition.options],
        world.env,
      );
      parsed = { kind: "run", definition, options, positional: command.args };
    });
  }
  try {
    program.parse(world.argv, { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return { kind: "shown" };
    if (error.code === "commander.help") throw needsCommand();
    const argv = withoutUnknownValue(error, world.argv);
    if (argv) return parseCommandLine({ ...world, argv }, version, definitions);
    throw notUnderstood(error);
  }
  return parsed;
}

function notUnderstood(error: CommanderError): FaberError {
  return new FaberError({
    code: "wrong-command-line",
    exit: "wrong-usage",
    message: error.message.replace(/^error: /, "").replace(/\n\(Did you mean (.+)\?\)/, " ($1?)"),
    hints: ["see the commands and flags: faber --help, faber COMMAND --help"],
  });
}

/** Commander looks for what is like `--evn=test`, value and all, and finds nothing: asked without it, it does. */
function withoutUnknownValue({ message }: CommanderError, argv: World["argv"]): World["argv"] | undefined {
  const [, flag] = /unknown option '(--[^'=]+)=/.exec(message) ?? [];
  if (flag === undefined) return undefined;
  return argv.map((word) => (word.startsWith(`${flag}=`) ? flag : word));
}

function rootCommand(world: World, version: string): Command {
  const program = new Command("faber")
    .description("Deploys Terraform: validated, tested, previewed, approved, applied as approved, verified.")
    .version(version, "--version", "print the version")
    .helpOption("-h, --help", "show help")
    .configureHelp({ showGlobalOptions: true })
    .showSuggestionAfterError(true)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => world.stdout.write(text),
      // The one catch in main shows errors, in one form.
      writeErr: (text) => (text.startsWith("error:") ? undefined : world.stderr.write(text)),
    });
  for (const option of globalOptions) program.addOption(optionOf(option));
  return program;
}

/** Words that are no command by themselves. */
const groups: Readonly<Record<string, string>> = {
  config: "the settings in force, and where they come from",
  emulator: "the local AWS of an environment",
  issues: "the issue log: failures, solutions, what came of them",
  permissions: "what the deploy identity may do, and was granted",
  report: "past test reports",
  runs: "what past runs did, and how they ended",
};

/** The command for `emulator start`, making `emulator` on the way. */
function placeFor(program: Command, name: string): Command {
  const words = name.split(" ");
  let place = program;
  for (const word of words) {
    const found = place.commands.find((command) => command.name() === word);
    place =
      found ??
      place
        .command(word)
        .description(groups[word] ?? "")
        .exitOverride()
        .copyInheritedSettings(place);
  }
  return place;
}

function describe(command: Command, definition: CommandDefinition): void {
  command.description(definition.summary);
  for (const alias of definition.aliases ?? []) command.alias(alias);
  for (const option of definition.options) for (const shape of shapesOf(option)) command.addOption(shape);
  if (definition.positional) command.argument(definition.positional.name, definition.positional.summary);
  else command.allowExcessArguments(false);
  command.addHelpText(
    "after",
    `\nExamples:\n${definition.examples.map((example) => `  ${example}`).join("\n")}`,
  );
}

/** An option, and its alias as an option of its own that the help does not show twice. */
function shapesOf(option: OptionDefinition): readonly Option[] {
  const alias = option.alias;
  return [
    optionOf(option),
    ...(alias === undefined ? [] : [optionOf({ ...option, name: alias }).hideHelp()]),
  ];
}

function optionOf(option: OptionDefinition): Option {
  const made = new Option(
    `--${option.name}${placeholderOf(option)}`,
    `${option.summary}${option.alias === undefined ? "" : ` (alias --${option.alias})`}`,
  );
  if (option.choices) made.choices([...option.choices]);
  if (option.repeatable)
    made.argParser((value: string, before: string[] | undefined) => [...(before ?? []), value]);
  return made;
}

function placeholderOf({ value, valueOptional }: OptionDefinition): string {
  if (value === undefined) return "";
  return valueOptional ? ` [${value}]` : ` <${value}>`;
}

/** Fills in what the command line left open from `FABER_…`, where the option allows it. */
function withVariables(
  given: Readonly<Record<string, unknown>>,
  definitions: readonly OptionDefinition[],
  env: World["env"],
): OptionValues {
  const values: Record<string, OptionValues[string]> = {};
  for (const definition of definitions) {
    const key = keyOf(definition.name);
    const value = readGiven(given, definition) ?? fromVariable(definition, env);
    if (value !== undefined) values[key] = value;
  }
  return values;
}

function readGiven(
  given: Readonly<Record<string, unknown>>,
  definition: OptionDefinition,
): OptionValues[string] {
  // Commander keeps `--no-color` as `color: false`.
  if (definition.name.startsWith("no-"))
    return given[keyOf(definition.name.slice(3))] === false ? true : undefined;
  const names = [definition.name, ...(definition.alias === undefined ? [] : [definition.alias])];
  const value = names.map((name) => given[keyOf(name)]).find((candidate) => candidate !== undefined);
  if (typeof value === "string" || typeof value === "boolean") return value;
  return Array.isArray(value) ? value.map(String) : undefined;
}

function fromVariable(definition: OptionDefinition, env: World["env"]): OptionValues[string] {
  if (!definition.variable || definition.isSetting === true) return undefined;
  const name = `FABER_${definition.name.toUpperCase().replaceAll("-", "_")}`;
  const value = env[name];
  if (value === undefined || value === "") return undefined;
  if (definition.choices && !definition.choices.includes(value))
    throw wrongChoice(name, value, definition.choices);
  if (definition.value !== undefined) return definition.repeatable ? [value] : value;
  if (/^(?:1|true|yes)$/i.test(value)) return true;
  if (/^(?:0|false|no)$/i.test(value)) return undefined;
  throw new FaberError({
    code: "wrong-value",
    exit: "wrong-usage",
    message: `${name} is "${value}", and only 1 or 0 mean something there`,
  });
}

/** `provider-mirror` → `providerMirror`, as commander keys it. */
function keyOf(name: string): string {
  return name.replace(/-([a-z])/g, (_match, letter: string) => letter.toUpperCase());
}

function wrongChoice(name: string, value: string, choices: readonly string[]): FaberError {
  return new FaberError({
    code: "wrong-value",
    exit: "wrong-usage",
    message: `${name} is "${value}", and it is one of ${choices.join(", ")}`,
  });
}

function needsCommand(): FaberError {
  return new FaberError({
    code: "command-missing",
    exit: "wrong-usage",
    message: "no command was given",
    hints: ["see the commands: faber --help"],
  });
}
