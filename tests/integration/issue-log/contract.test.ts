import { describe } from "vitest";
import { exchanging } from "../../contract/issue-log/exchanging.ts";
import { finding } from "../../contract/issue-log/finding.ts";
import { remembering } from "../../contract/issue-log/remembering.ts";
import { stores } from "../../contract/issue-log/stores.ts";

for (const { name, missing } of stores)
  if (missing !== undefined) console.warn(`skipped: issue log on ${name}: ${missing}`);

describe.each(stores)("an issue log on $name", (store) => {
  describe.skipIf(store.missing !== undefined)("", () => {
    remembering(store);
    finding(store);
    exchanging(store);
  });
});
