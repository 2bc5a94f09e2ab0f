import { once } from "node:events";
import { stat, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { emulatorStatus, startEmulator, stopEmulator } from "../../../handlers/hosting/emulator/control.ts";
import { hasEnded } from "../../helpers/waiting.ts";
import { faberErrorOf, ministack, placeAt, temporaryDir } from "./setting.ts";

describe.skipIf(ministack === undefined)("the emulator's control", () => {
  let stateDir: string;
  beforeEach(async () => {
    stateDir = await temporaryDir();
  });
  afterEach(async () => {
    for (const port of [4720, 4721]) await stopEmulator(placeAt(port, stateDir));
    await rm(stateDir, { recursive: true, force: true });
  });

  it("starts one, knows it as its own, takes it the next time and ends it", async () => {
    const place = placeAt(4720, stateDir);
    expect(await emulatorStatus(place)).toMatchObject({ running: false, ours: false });
    const started = await startEmulator(place);
    expect(started).toMatchObject({
      endpoint: place.endpoint,
      running: true,
      ours: true,
      program: "ministack",
    });
    expect(started.version).toMatch(/^\d+\.\d+/);
    expect((await stat(started.log ?? "")).mode & 0o777).toBe(0o600);
    expect((await startEmulator(place)).pid).toBe(started.pid);
    expect(await stopEmulator(place)).toEqual({ stopped: true, pid: started.pid });
    expect(hasEnded(started.pid ?? 0)).toBe(true);
    expect(await emulatorStatus(place)).toMatchObject({ running: false, ours: false });
    expect(await stopEmulator(place)).toEqual({ stopped: false, why: "not-running" });
  });

  it("lets one win when two start at once", async () => {
    const place = placeAt(4720, stateDir);
    const both = await Promise.all([startEmulator(place), startEmulator({ ...place })]);
    expect(both.map((one) => one.running)).toEqual([true, true]);
    const status = await emulatorStatus(place);
    expect(status.ours).toBe(true);
    expect((await stopEmulator(place)).stopped).toBe(true);
    expect((await emulatorStatus(place)).running).toBe(false);
  });

  it("does not end an emulator that another state folder started", async () => {
    const elsewhere = await temporaryDir();
    const owner = placeAt(4721, elsewhere);
    await startEmulator(owner);
    try {
      expect(await stopEmulator(placeAt(4721, stateDir))).toEqual({ stopped: false, why: "not-ours" });
      expect((await startEmulator(placeAt(4721, stateDir))).ours).toBe(false);
      expect((await emulatorStatus(owner)).running).toBe(true);
    } finally {
      await stopEmulator(owner);
      await rm(elsewhere, { recursive: true, force: true });
    }
  });

  it("tells the last line of one that dies at its start", async () => {
    const squatter = createServer((socket) => {
      // The other side may be gone before it has read this.
      socket.on("error", () => socket.destroy());
      socket.end("no http\n");
    });
    squatter.listen(4720, "127.0.0.1");
    await once(squatter, "listening");
    const error = await faberErrorOf(startEmulator(placeAt(4720, stateDir)));
    squatter.close();
    expect(error.code).toBe("emulator-failed");
    expect(error.exit.name).toBe("wrong-usage");
    expect(error.why).toContain("GATEWAY_PORT");
  });

  it("says what to do where nothing answers and MiniStack is not there", async () => {
    const { program: _, ...place } = placeAt(4720, stateDir);
    const error = await faberErrorOf(startEmulator(place));
    expect(error.code).toBe("endpoint-down");
    expect(error.hints[0]).toContain("faber doctor --install");
  });

  it("starts none for a host that is not this machine", async () => {
    const error = await faberErrorOf(
      startEmulator({ ...placeAt(4720, stateDir), endpoint: "http://192.0.2.1:9" }),
    );
    expect(error.code).toBe("endpoint-down");
  });

  it("reports a program that cannot be started", async () => {
    const error = await faberErrorOf(
      startEmulator({ ...placeAt(4720, stateDir), program: "/no/such/ministack" }),
    );
    expect(error.code).toBe("emulator-failed");
    expect(error.message).toContain("could not be started");
  });
});
