import {
  CreateBucketCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { describe, expect, test } from "vitest";
import { noEmulator, useEmulator } from "../helpers/emulator.ts";
import { faber, type FaberRun } from "../helpers/faber.ts";
import { projectFrom } from "../helpers/project.ts";
import { noTerraform } from "../helpers/terraform.ts";

const why = noTerraform ?? noEmulator;
if (why !== undefined) console.warn(`skipped: S3 backend: ${why}`);

const endpoint = useEmulator(4743);
const s3 = new S3Client({
  endpoint,
  region: "us-east-1",
  credentials: { accessKeyId: "test", secretAccessKey: "test" },
  forcePathStyle: true,
});

const environment = (name: string): string => `  ${name}:
    hosting: emulator
    endpoint: ${endpoint}
    region: us-east-1
    variables: { word: ${name} }
    backend: { bucket: shop-state, key: shop/${name}.tfstate, region: us-east-1, use_lockfile: true, use_path_style: true }
`;
const settings = `project: shop\nenvironments:\n${environment("test")}${environment("staging")}`;

describe.skipIf(why !== undefined)("a state in S3", () => {
  test("lies there, one for each environment, and is locked there", async () => {
    await s3.send(new CreateBucketCommand({ Bucket: "shop-state" }));
    const project = await projectFrom("words", {
      "faber.yaml": settings,
      "backend.tf": 'terraform {\n  backend "s3" {}\n}\n',
    });
    const run = (command: string, name: string, ...more: readonly string[]): Promise<FaberRun> =>
      faber([command, `--env=${name}`, "--yes", "--json", ...more], { cwd: project.dir });
    const stateOf = async (name: string): Promise<unknown> => {
      const object = await s3.send(
        new GetObjectCommand({ Bucket: "shop-state", Key: `shop/${name}.tfstate` }),
      );
      return JSON.parse((await object.Body?.transformToString()) ?? "");
    };
    for (const name of ["test", "staging"]) {
      const ran = await run("deploy", name, "--skip-tests");
      expect(ran.code, ran.stderr).toBe(0);
      expect(ran.json()).toMatchObject({ outputs: { word: name }, plan: { counts: { add: 1 } } });
      expect(await stateOf(name)).toMatchObject({ outputs: { word: { value: name } } });
    }
    const objects = await s3.send(new ListObjectsV2Command({ Bucket: "shop-state" }));
    expect((objects.Contents ?? []).map(({ Key }) => Key)).toEqual([
      "shop/staging.tfstate",
      "shop/test.tfstate",
    ]);
    expect(
      [...(await project.files()).keys()].filter(
        (name) => /(?:^|\/)terraform\.tfstate$/.test(name) && !name.startsWith(".faber/"),
      ),
    ).toEqual([]);

    // Back in the first one, after the other was configured: nothing is mixed up.
    const again = await run("deploy", "test", "--skip-tests");
    expect(again.code, again.stderr).toBe(0);
    expect(again.json()).toMatchObject({ plan: { changes_something: false } });

    const lock = {
      ID: "f00",
      Operation: "OperationTypeApply",
      Who: "alice@laptop",
      Version: "1.11.4",
      Created: "2026-11-21T09:00:00Z",
      Path: "shop-state/shop/test.tfstate",
    };
    await s3.send(
      new PutObjectCommand({
        Bucket: "shop-state",
        Key: "shop/test.tfstate.tflock",
        Body: JSON.stringify(lock),
      }),
    );
    const locked = await run("deploy", "test", "--skip-tests");
    expect(locked.code, locked.stderr).toBe(7);
    expect(locked.stderr).toContain("alice@laptop");
    const destroyed = await run("destroy", "staging");
    expect(destroyed.code, destroyed.stderr).toBe(0);
    expect(await stateOf("test")).toMatchObject({ outputs: { word: { value: "test" } } });
  });

  test("settings of a backend that the root does not declare are refused", async () => {
    const project = await projectFrom("words", { "faber.yaml": settings });
    const ran = await faber(["deploy", "--env=test", "--yes", "--json"], { cwd: project.dir });
    expect(ran.code, ran.stderr).toBe(64);
    expect(ran.stderr).toContain("declares no backend");
    expect(project.has("terraform.tfstate")).toBe(false);
  });
});
