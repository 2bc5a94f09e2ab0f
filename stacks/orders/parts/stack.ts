import { join, resolve } from "node:path";
import { App, LocalBackend, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { addAlarms } from "./alarms.ts";
import { addApi } from "./api.ts";
import { addKey } from "./encryption.ts";
import { addIntake, addWorker } from "./functions.ts";
import { addOutputs } from "./outputs.ts";
import { addQueue } from "./queue.ts";
import { addReceipts } from "./receipts.ts";
import { addSettings } from "./settings.ts";
import { addTable } from "./table.ts";

export interface OrdersStackOptions {
  /** The folder of main.ts: sources are read from here and the state is kept here. */
  readonly home: string;
}

/**
 * HTTP API → intake → queue → worker → table and receipts.
 *
 * Every resource sits directly in the stack: a nested construct would give it an address with a
 * hash in it, and `aws_sqs_queue.jobs` is what a person reads in plans and errors.
 */
export class OrdersStack extends TerraformStack {
  constructor(scope: Construct, id: string, options: OrdersStackOptions) {
    super(scope, id);
    new LocalBackend(this, {
      path: join(options.home, "terraform.tfstate"),
      workspaceDir: join(options.home, "terraform.tfstate.d"),
    });
    const settings = addSettings(this);
    const key = addKey(this, settings);
    const { jobs, deadLetters } = addQueue(this, settings, key);
    const table = addTable(this, settings, key);
    const receipts = addReceipts(this, settings, key);
    const places = {
      settings,
      key,
      sources: join(options.home, "functions"),
      bundles: resolve(App.of(this).outdir, "bundles"),
    };
    const intake = addIntake(this, places, { jobs, table });
    const worker = addWorker(this, places, { jobs, table, receipts });
    const { api, stage } = addApi(this, settings, key, intake);
    addAlarms(this, settings, key, { deadLetters, jobs, worker, intake, api });
    addOutputs(this, { api, stage, table, jobs, deadLetters, receipts });
  }
}
