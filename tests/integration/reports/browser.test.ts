import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { html } from "../../../reports/html/index.ts";
import { findBrowser, openBrowser, type Page } from "../../helpers/browser.ts";
import { hostileInput } from "../../helpers/hostile.ts";
import { history, largeReport, runReport } from "../../helpers/sample-reports.ts";

const program = findBrowser();
if (program === undefined) console.warn("skipped: the page in a browser: no chromium was found");

describe.skipIf(program === undefined)("the page in a browser, from a file", () => {
  const dir = mkdtempSync(join(tmpdir(), "faber-page-"));
  const file = join(dir, "report.html");
  const address = pathToFileURL(file).href;
  let page: Page;

  beforeAll(async () => {
    writeFileSync(file, html.render({ run: runReport(), tests: [largeReport(200)], history: history(40) }));
    writeFileSync(join(dir, "hostile.html"), html.render(hostileInput()));
    page = await openBrowser(program ?? "");
  });
  afterAll(async () => {
    await page.close();
    rmSync(dir, { recursive: true, force: true });
  });

  const shown = (): Promise<unknown> => page.evaluate('document.querySelector("#shown").textContent');
  const visible = (selector: string): Promise<unknown> =>
    page.evaluate(
      `[...document.querySelectorAll(${JSON.stringify(selector)})].filter((e) => !e.closest("[hidden]")).length`,
    );

  test("asks for nothing but itself, and the browser has nothing to complain of", async () => {
    await page.open(address);
    expect(page.requests.filter((url) => ![address, "data:,", "about:blank"].includes(url))).toEqual([]);
    expect(page.complaints).toEqual([]);
    expect(await shown()).toBe("200 findings");
  });

  test("filters by severity, test, status and words; the address keeps it", async () => {
    await page.open(`${address}#severity=CRITICAL%2CHIGH&test=checkov_security&text=bucket`);
    const before = await shown();
    expect(before).toMatch(/^[1-9]\d* of 200 findings$/);
    expect(await visible(".test[data-test]")).toBe(1);
    expect(await visible(".rule.MEDIUM")).toBe(0);
    await page.evaluate('document.querySelector(".tile.CRITICAL").click()');
    expect(await page.evaluate("location.hash")).toBe("#severity=HIGH&test=checkov_security&text=bucket");
    expect(await shown()).not.toBe(before);
    await page.press("Escape");
    expect([await page.evaluate("location.hash"), await shown()]).toEqual(["", "200 findings"]);
  });

  test("says so when nothing fits", async () => {
    await page.open(`${address}#text=nosuchthing`);
    expect(await shown()).toBe("0 of 200 findings");
    expect(await visible("#none")).toBe(1);
  });

  test("is used with keys alone", async () => {
    await page.open(`${address}?keys`);
    await page.press("/");
    expect(await page.evaluate("document.activeElement.id")).toBe("text");
    await page.type("tagging");
    expect(await page.evaluate("location.hash")).toBe("#text=tagging");
    await page.press("Escape");
    await page.press("Escape");
    await page.press("j");
    const first = await page.evaluate("document.activeElement.textContent");
    await page.press("j");
    expect(await page.evaluate("document.activeElement.tagName")).toBe("SUMMARY");
    expect(await page.evaluate("document.activeElement.textContent")).not.toBe(first);
    await page.press("k");
    expect(await page.evaluate("document.activeElement.textContent")).toBe(first);
    await page.press("t");
    expect(await page.evaluate("document.documentElement.dataset.theme")).toMatch(/^(?:dark|light)$/);
  });

  test("fits a phone", async () => {
    await page.send("Emulation.setDeviceMetricsOverride", {
      width: 390,
      height: 844,
      deviceScaleFactor: 1,
      mobile: true,
    });
    await page.open(`${address}?phone`);
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(390);
    await page.send("Emulation.clearDeviceMetricsOverride");
  });

  test("shows hostile names as text: no script runs, nothing is asked for, no element is new", async () => {
    const before = page.requests.length;
    await page.open(pathToFileURL(join(dir, "hostile.html")).href);
    expect(page.requests.slice(before).filter((url) => !/^(?:file:|data:,|about:blank)/.test(url))).toEqual(
      [],
    );
    expect(page.complaints).toEqual([]);
    const elements = 'document.querySelectorAll("script, img, iframe, object, embed").length';
    expect(await page.evaluate(elements)).toBe(1);
    expect(await page.evaluate('document.body.textContent.includes("<img src=x onerror=alert(1)>")')).toBe(
      true,
    );
  });
});
