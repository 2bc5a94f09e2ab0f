import { configEdit } from "./config-edit.ts";
import type { Fix, Workshop } from "./contract.ts";
import { grant } from "./grant.ts";
import { importExisting } from "./import.ts";
import { initReconfigure } from "./init-reconfigure.ts";
import { initUpgrade } from "./init-upgrade.ts";
import { providerLock } from "./provider-lock.ts";
import { pushErroredState } from "./push-errored-state.ts";
import { quotaIncrease } from "./quota-increase.ts";
import { retry } from "./retry.ts";
import { state } from "./state.ts";
import { unlock } from "./unlock.ts";

/** Every automated fix, by the handler name that solutions give; those that apply by themselves in this order. */
export function fixesIn(workshop: Workshop): readonly Fix[] {
  return [
    retry(workshop),
    grant(workshop),
    unlock(workshop),
    importExisting(workshop),
    pushErroredState(workshop),
    providerLock(workshop),
    initUpgrade(workshop),
    initReconfigure(workshop),
    state(workshop),
    quotaIncrease(workshop),
    configEdit(workshop),
  ];
}
