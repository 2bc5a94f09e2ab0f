#!/usr/bin/env node
import { main } from "./cli/main.ts";
import { realWorld } from "./cli/world.ts";

process.exitCode = await main(realWorld());
