import type { CommandDefinition } from "../define.ts";
import { configShow } from "./config.ts";
import { costCommands } from "./cost.ts";
import { debugCommands } from "./debug.ts";
import { deploy } from "./deploy.ts";
import { destroy } from "./destroy.ts";
import { doctor } from "./doctor.ts";
import { drift } from "./drift.ts";
import { emulatorCommands } from "./emulator.ts";
import { init } from "./init.ts";
import { issuesCommands } from "./issues.ts";
import { permissionsCommands } from "./permissions.ts";
import { preview } from "./preview.ts";
import { reap } from "./reap.ts";
import { reportCommands } from "./report.ts";
import { runsCommands } from "./runs.ts";
import { status } from "./status.ts";
import { test } from "./test.ts";
import { validate } from "./validate.ts";

/** Every command, in the order of the help. */
export const commands: readonly CommandDefinition[] = [
  init,
  doctor,
  validate,
  test,
  preview,
  deploy,
  destroy,
  reap,
  status,
  drift,
  ...costCommands,
  ...debugCommands,
  ...issuesCommands,
  ...permissionsCommands,
  ...reportCommands,
  ...runsCommands,
  ...emulatorCommands,
  configShow,
];
