import { expect, test } from "vitest";
import { FaberError } from "../../../../src/core/error.ts";
import type { FoundTool, Tool } from "../../../../handlers/tools/contract.ts";
import { installMissing } from "../../../../handlers/tools/install-missing.ts";
import { surroundingsIn } from "../../../helpers/tool-surroundings.ts";

const here = surroundingsIn("/none");
const found: FoundTool = { path: "/x", version: "1.0.0", origin: "faber" };
const unreachable = new FaberError({
  code: "tool-not-available",
  exit: "wrong-usage",
  message: "no network",
  hints: ["by hand"],
});

function toolThat(name: string, install: () => Promise<FoundTool>, more: Partial<Tool> = {}): Tool {
  return {
    name,
    purpose: "p",
    required: false,
    howToGet: "h",
    find: async () => undefined,
    install,
    ...more,
  };
}

test("fetches what is missing, one after another, and goes on after a failure", async () => {
  const order: string[] = [];
  const rows = await installMissing(here, () => undefined, [
    toolThat("there", async () => Promise.reject(new Error("must not be called")), {
      find: async () => found,
    }),
    toolThat("a", async () => {
      order.push("a");
      throw unreachable;
    }),
    toolThat("b", async () => {
      order.push("b");
      return found;
    }),
  ]);
  expect(order).toEqual(["a", "b"]);
  expect(rows).toEqual([
    { name: "a", outcome: "failed", why: "no network", hints: ["by hand"] },
    { name: "b", outcome: "installed", found },
  ]);
});

test("of two that do the same, the second is fetched only when the first could not be had", async () => {
  const second = toolThat("tofu", async () => found, { alternatives: ["tf"] });
  const works = toolThat("tf", async () => found, { alternatives: ["tofu"], required: true });
  const fails = toolThat("tf", async () => Promise.reject(unreachable), {
    alternatives: ["tofu"],
    required: true,
  });
  const names = async (tools: readonly Tool[]): Promise<readonly string[]> =>
    (await installMissing(here, () => undefined, tools)).map((row) => `${row.name} ${row.outcome}`);
  expect(await names([works, second])).toEqual(["tf installed"]);
  expect(await names([fails, second])).toEqual(["tf failed", "tofu installed"]);
});

test("a tool too old on PATH gets a newer one beside it; a configured one is for the settings to mend", async () => {
  const old = (origin: FoundTool["origin"]): Tool =>
    toolThat("a", async () => found, {
      atLeast: "1.0.0",
      find: async () => ({ path: "/y", version: "0.9.0", origin }),
    });
  expect(await installMissing(here, () => undefined, [old("path")])).toMatchObject([
    { outcome: "installed" },
  ]);
  expect(await installMissing(here, () => undefined, [old("configured")])).toMatchObject([
    { outcome: "failed", why: "the configured a 0.9.0 is too old: at least 1.0.0 is needed" },
  ]);
});

test("an interruption ends the whole, and a bug is not made a row", async () => {
  const controller = new AbortController();
  const interrupted = toolThat("a", async () => {
    controller.abort();
    throw unreachable;
  });
  await expect(
    installMissing({ ...here, signal: controller.signal }, () => undefined, [interrupted]),
  ).rejects.toMatchObject({ code: "interrupted" });
  const bug = toolThat("a", async () => Promise.reject(new TypeError("bug")));
  await expect(installMissing(here, () => undefined, [bug])).rejects.toThrow(TypeError);
});
