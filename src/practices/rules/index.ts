import type { Rule } from "../rule.ts";
import { access } from "./access.ts";
import { capacity } from "./capacity.ts";
import { changes } from "./changes.ts";
import { databases } from "./databases.ts";
import { functions } from "./functions.ts";
import { lifetimes } from "./lifetimes.ts";
import { networking } from "./networking.ts";
import { observability } from "./observability.ts";
import { queues } from "./queues.ts";
import { secrets } from "./secrets.ts";
import { state } from "./state.ts";
import { storage } from "./storage.ts";
import { supplyChain } from "./supply-chain.ts";

/** Every rule, theme by theme. */
export const practiceRules: readonly Rule[] = [
  ...changes,
  ...state,
  ...supplyChain,
  ...secrets,
  ...access,
  ...functions,
  ...queues,
  ...databases,
  ...storage,
  ...networking,
  ...capacity,
  ...observability,
  ...lifetimes,
];
