import { rm } from "node:fs/promises";
import { S3 } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ObjectStorage } from "../../../handlers/hosting/contract.ts";
import { emulator as emulatorHosting } from "../../../handlers/hosting/emulator/handler.ts";
import {
  faberErrorOf,
  ministack,
  newCaller,
  ownEmulator,
  settingOf,
  temporaryDir,
  type Caller,
  type Emulator,
} from "./setting.ts";

describe.skipIf(ministack === undefined)("a hosting's object storage", () => {
  let strict: Emulator;
  let caller: Caller;
  let dir: string;
  const megabyte = 1024 * 1024;
  const bytes = new TextEncoder().encode('{"é": 1}');
  const storage = async (changes: Parameters<typeof settingOf>[0] = {}): Promise<ObjectStorage> => {
    const endpoint = strict.place.endpoint;
    const { objects } = await emulatorHosting.open(settingOf({ endpoint, ...changes }, caller.env));
    if (!objects) throw new Error("the emulator has no object storage");
    return objects;
  };
  beforeAll(async () => {
    dir = await temporaryDir();
    strict = await ownEmulator(4727, { AUTH: "true" });
    const { endpoint } = strict.place;
    const credentials = { accessKeyId: "test", secretAccessKey: "test" };
    const s3 = new S3({ endpoint, region: "us-east-1", credentials, forcePathStyle: true });
    await s3.createBucket({ Bucket: "faber-logs" });
    caller = await newCaller(endpoint, dir);
  });
  afterAll(async () => {
    await strict.stop();
    await rm(dir, { recursive: true, force: true });
  });

  it("gives back what was put", async () => {
    const objects = await storage();
    await objects.put("s3://faber-logs/a b/ü.json", bytes);
    expect(Buffer.from(await objects.get("s3://faber-logs/a b/ü.json", megabyte))).toEqual(
      Buffer.from(bytes),
    );
  });

  it("tells a bucket that is not there from an object that is not", async () => {
    const objects = await storage();
    const noBucket = await faberErrorOf(objects.put("s3://faber-none/x", bytes));
    expect(noBucket.code).toBe("bucket-missing");
    expect(noBucket.message).toContain('"faber-none"');
    expect((await faberErrorOf(objects.get("s3://faber-none/x", megabyte))).code).toBe("bucket-missing");
    const noObject = await faberErrorOf(objects.get("s3://faber-logs/none", megabyte));
    expect(noObject.code).toBe("object-missing");
    expect(noObject.message).toContain("s3://faber-logs/none");
  });

  it("says which permission is lacking, and nothing secret", async () => {
    const objects = await storage({ profile: "deployer" });
    const put = await faberErrorOf(objects.put("s3://faber-logs/x", bytes));
    expect(put.code).toBe("object-refused");
    expect(put.exit.name).toBe("credentials-or-permissions");
    expect(put.hints[0]).toContain("s3:PutObject on arn:aws:s3:::faber-logs/x");
    expect([put.message, put.why, ...put.hints].join()).not.toContain(caller.secret);
    const get = await faberErrorOf(objects.get("s3://faber-logs/x", megabyte));
    expect(get.hints[0]).toContain("s3:GetObject");
  });

  it("refuses what has no credentials, no address or too many bytes", async () => {
    const nobody = await storage({ profile: "nobody" });
    expect((await faberErrorOf(nobody.put("s3://faber-logs/x", bytes))).code).toBe("credentials-missing");
    const objects = await storage();
    for (const address of ["s3://", "s3:///key", "s3://faber-logs", "s3://faber-logs/", "/tmp/x"]) {
      expect((await faberErrorOf(objects.put(address, bytes))).code).toBe("object-address-invalid");
    }
    await objects.put("s3://faber-logs/large", new Uint8Array(megabyte + 1));
    const large = await faberErrorOf(objects.get("s3://faber-logs/large", megabyte));
    expect(large.code).toBe("object-too-large");
    expect(large.message).toContain("2 MB");
  });
});
