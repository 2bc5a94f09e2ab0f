import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { HostingSession } from "../../../handlers/hosting/contract.ts";
import { emulator as emulatorHosting } from "../../../handlers/hosting/emulator/handler.ts";
import { quotaIncrease } from "../../../src/fixes/quota-increase.ts";
import { ministack, ownEmulator, settingOf, type Emulator } from "../hosting/setting.ts";
import { benchWith, diagnosisOf, skipped } from "./workbench.ts";

describe.skipIf(ministack === undefined || skipped !== undefined)(
  "a quota where there is no Service Quotas",
  () => {
    let emulator: Emulator;
    let session: HostingSession;
    beforeAll(async () => {
      emulator = await ownEmulator(4753);
      session = await emulatorHosting.open(settingOf({ endpoint: emulator.place.endpoint }));
    });
    afterAll(() => emulator.stop());

    test("is told with the commands to look and to ask by hand", async () => {
      const bench = await benchWith({ files: { "main.tf": "" }, hosting: session });
      const diagnosis = diagnosisOf("VpcLimitExceeded: The maximum number of VPCs has been reached.", {
        category: "quota",
      });
      const offer = await bench.offer(quotaIncrease, { diagnosis });
      expect(offer).toMatchObject({
        kind: "refused",
        hints: [
          expect.stringContaining("--quota-code L-F678F1CE"),
          expect.stringContaining("request-service-quota-increase"),
        ],
      });
    });
  },
);
