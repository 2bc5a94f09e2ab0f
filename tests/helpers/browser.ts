import { spawn, type ChildProcess } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import type { Readable, Writable } from "node:stream";

/** A page in a real browser, spoken to by the DevTools protocol over pipes. */
export interface Page {
  /** Resolves when the page has loaded. */
  readonly open: (url: string) => Promise<void>;
  /** The value of an expression in the page; it must be JSON. */
  readonly evaluate: (expression: string) => Promise<unknown>;
  readonly press: (key: string) => Promise<void>;
  readonly type: (text: string) => Promise<void>;
  readonly send: (method: string, params?: object) => Promise<Message>;
  /** Addresses that were asked for, and what the browser complained of. */
  readonly requests: readonly string[];
  readonly complaints: readonly string[];
  readonly close: () => Promise<void>;
}

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly sessionId?: string;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly result?: Readonly<Record<string, unknown>>;
  readonly error?: { readonly message: string };
}

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];

/** A Chromium on PATH, or where FABER_TEST_BROWSER says. */
export function findBrowser(): string | undefined {
  const folders = (process.env["PATH"] ?? "").split(delimiter).filter((folder) => folder !== "");
  const candidates = [
    process.env["FABER_TEST_BROWSER"] ?? "",
    ...names.flatMap((name) => folders.map((folder) => join(folder, name))),
  ];
  return candidates.find((file) => {
    try {
      accessSync(file, constants.X_OK);
      return file !== "";
    } catch {
      return false;
    }
  });
}

export async function openBrowser(
  program: string,
  size: { readonly width: number; readonly height: number } = { width: 1200, height: 900 },
): Promise<Page> {
  const profile = await mkdtemp(join(tmpdir(), "faber-browser-"));
  const child = spawn(
    program,
    [
      "--headless=new",
      "--no-sandbox",
      "--disable-gpu",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      `--user-data-dir=${profile}`,
      `--window-size=${size.width},${size.height}`,
      "--remote-debugging-pipe",
      "about:blank",
    ],
    { stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"], env: { ...process.env, HOME: profile } },
  );
  const wire = connect(child);
  const requests: string[] = [];
  const complaints: string[] = [];
  const created = await wire.send("Target.createTarget", { url: "about:blank" });
  const attached = await wire.send("Target.attachToTarget", {
    targetId: created.result?.["targetId"],
    flatten: true,
  });
  const sessionId = String(attached.result?.["sessionId"]);
  const send = (method: string, params: object = {}): Promise<Message> =>
    wire.send(method, params, sessionId);
  wire.on("Network.requestWillBeSent", ({ request }) => void requests.push(urlOf(request)));
  wire.on("Log.entryAdded", ({ entry }) => void complaints.push(JSON.stringify(entry)));
  wire.on("Runtime.exceptionThrown", (thrown) => void complaints.push(JSON.stringify(thrown)));
  for (const domain of ["Page", "Runtime", "Network", "Log"]) await send(`${domain}.enable`);
  const key = async (name: string): Promise<void> => {
    const text = name.length === 1 ? { text: name } : name === "Enter" ? { text: "\r" } : {};
    await send("Input.dispatchKeyEvent", { type: "keyDown", key: name, ...text });
    await send("Input.dispatchKeyEvent", { type: "keyUp", key: name });
  };
  return {
    requests,
    complaints,
    send,
    open: async (url) => {
      // From elsewhere: another fragment of the same page would load nothing.
      for (const place of ["about:blank", url]) {
        const loaded = wire.once("Page.loadEventFired");
        await send("Page.navigate", { url: place });
        await loaded;
      }
    },
    evaluate: async (expression) => {
      const { result } = await send("Runtime.evaluate", {
        expression,
        returnByValue: true,
        awaitPromise: true,
      });
      const value = result?.["result"];
      return typeof value === "object" && value !== null && "value" in value ? value.value : undefined;
    },
    press: key,
    type: async (text) => {
      for (const character of text) await key(character);
    },
    close: async () => {
      const gone = new Promise((resolve) => child.once("close", resolve));
      await wire.send("Browser.close").catch(() => undefined);
      await gone;
      await rm(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

function urlOf(request: unknown): string {
  return typeof request === "object" && request !== null && "url" in request ? String(request.url) : "?";
}

type Listener = (params: Readonly<Record<string, unknown>>) => void;

interface Wire {
  readonly send: (method: string, params?: object, sessionId?: string) => Promise<Message>;
  readonly on: (method: string, listener: Listener) => void;
  readonly once: (method: string) => Promise<void>;
}

/** Messages are JSON that ends with a zero byte. */
function connect(child: ChildProcess): Wire {
  const [input, output] = pipesOf(child);
  const waiting = new Map<number, (message: Message) => void>();
  const listeners = new Map<string, Listener[]>();
  let last = 0;
  let rest = "";
  const take = (message: Message): void => {
    if (message.id !== undefined) waiting.get(message.id)?.(message);
    for (const listener of listeners.get(message.method ?? "") ?? []) listener(message.params ?? {});
  };
  output.setEncoding("utf8").on("data", (text: string) => {
    const parts = (rest + text).split("\0");
    rest = parts.pop() ?? "";
    for (const part of parts) take(JSON.parse(part) as Message);
  });
  child.once("close", () => {
    for (const [id, answer] of waiting) answer({ id, error: { message: "the browser ended" } });
  });
  const on = (method: string, listener: Listener): void =>
    void listeners.set(method, [...(listeners.get(method) ?? []), listener]);
  return {
    on,
    once: (method) => new Promise((resolve) => on(method, () => resolve())),
    send: (method, params = {}, sessionId) =>
      new Promise((resolve, reject) => {
        const id = (last += 1);
        waiting.set(id, (message) => {
          waiting.delete(id);
          if (message.error) reject(new Error(`${method}: ${message.error.message}`));
          else resolve(message);
        });
        input.write(`${JSON.stringify({ id, method, params, ...(sessionId ? { sessionId } : {}) })}\0`);
      }),
  };
}

function pipesOf({ stdio }: ChildProcess): readonly [Writable, Readable] {
  const [input, output] = [stdio[3], stdio[4]];
  if (input && output && "write" in input && "read" in output) return [input, output];
  throw new Error("the browser has no pipes");
}
