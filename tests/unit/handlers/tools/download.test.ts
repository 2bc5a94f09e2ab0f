import { expect, test } from "vitest";
import { checksumOf } from "../../../../handlers/tools/download.ts";

const one = "1".repeat(64);
const two = "A".repeat(64);

test("reads the checksum of exactly that file", () => {
  const sums = `${two}  tool_1.0_linux_amd64.zip.sig\r\n${one}  tool_1.0_linux_amd64.zip\n${two} *tool_1.0_darwin.zip\n`;
  expect(checksumOf("tool_1.0_linux_amd64.zip", sums)).toBe(one);
  expect(checksumOf("tool_1.0_darwin.zip", sums)).toBe("a".repeat(64));
  expect(checksumOf("tool_1.0", sums)).toBeUndefined();
});

test("a page that is no list of checksums holds none", () => {
  expect(checksumOf("tool.zip", "<html>tool.zip</html>")).toBeUndefined();
  expect(checksumOf("tool.zip", "abc  tool.zip")).toBeUndefined();
  expect(checksumOf("", "")).toBeUndefined();
});
