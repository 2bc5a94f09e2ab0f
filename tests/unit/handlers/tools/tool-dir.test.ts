import { expect, test } from "vitest";
import { toolDirOf } from "../../../../handlers/tools/tool-dir.ts";

test.each([
  [{ FABER_TOOLS_DIR: "/t", XDG_DATA_HOME: "/d", HOME: "/h" }, "linux", "/t"],
  [{ XDG_DATA_HOME: "/d", HOME: "/h" }, "linux", "/d/faber"],
  [{ XDG_DATA_HOME: "relative", HOME: "/h" }, "linux", "/h/.local/share/faber"],
  [{ FABER_TOOLS_DIR: "", HOME: "/h" }, "linux", "/h/.local/share/faber"],
  [{ HOME: "/h" }, "darwin", "/h/Library/Application Support/faber"],
])("with %j on %s it is %s", (env, platform, dir) => {
  expect(toolDirOf(env, platform)).toBe(dir);
});

test("a relative FABER_TOOLS_DIR is refused: it would be another folder from every directory", () => {
  expect(() => toolDirOf({ FABER_TOOLS_DIR: "tools" }, "linux")).toThrow(
    expect.objectContaining({ code: "relative-tools-dir" }),
  );
});
