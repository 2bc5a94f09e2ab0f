import { createServer, type RequestListener } from "node:http";
import { createServer as createTcpServer } from "node:net";
import { describe, expect, it } from "vitest";
import type { Probed } from "../../../handlers/probes/contract.ts";
import type { HttpWish } from "../../../src/core/health.ts";
import { portOf, probes, setting, wish } from "./setting.ts";

async function serve(listener: RequestListener): Promise<string> {
  return `http://127.0.0.1:${await portOf(createServer(listener))}`;
}

/** What becomes of one answer. */
async function ask(
  listener: RequestListener,
  more: Partial<HttpWish> = {},
  path = "/health",
): Promise<Probed> {
  return probes.http(`${await serve(listener)}${path}`, wish(more), setting);
}

const says =
  (body: string, status = 200, headers: Record<string, string> = {}): RequestListener =>
  (_, response) => {
    response.writeHead(status, headers).end(body);
  };

describe("an HTTP answer", () => {
  it("is well with the status that is expected, by default 200", async () => {
    expect(await ask(says("ok"))).toMatchObject({
      ok: true,
      saw: expect.stringMatching(/^status 200 in \d+ ms$/),
    });
    expect(await ask(says("", 204), { status: [200, 204] })).toMatchObject({ ok: true });
    expect(await ask(says("no database", 503))).toEqual({
      ok: false,
      saw: "status 503, not 200: no database",
    });
  });

  it("is held to its body: text, pattern, JSON", async () => {
    const json = '{"status":"ok","db":[{"up":true}],"constructor":1}';
    expect(await ask(says(json), { contains: '"ok"', matches: '"up":(true|false)' })).toMatchObject({
      ok: true,
    });
    expect(await ask(says(json), { json: { status: "ok", "$.db.0.up": true } })).toMatchObject({ ok: true });
    expect((await ask(says(json), { json: { "db.0.up": false } })).saw).toBe(
      "its JSON has db.0.up = true, not false",
    );
    expect((await ask(says(json), { json: { "db.1.up": true } })).saw).toContain("its JSON has no db.1.up");
    expect((await ask(says("{}"), { json: { toString: "x" } })).saw).toContain("its JSON has no toString");
    expect((await ask(says("<html>"), { json: { status: "ok" } })).saw).toBe("its body is not JSON: <html>");
    expect((await ask(says("broken"), { contains: "fine" })).saw).toBe(
      'its body does not contain "fine": broken',
    );
  });

  it("cannot make a pattern run for ever", async () => {
    const began = performance.now();
    const probed = await ask(says(`${"a".repeat(40)}!`), { matches: "^(a+)+$" });
    expect(probed.saw).toBe("its body takes longer than 250 ms to be matched with /^(a+)+$/");
    expect(performance.now() - began).toBeLessThan(2_000);
  });

  it("is held to its headers and its time", async () => {
    const slow: RequestListener = (_, response) => void setTimeout(() => response.end("late"), 120);
    expect((await ask(slow, { maxLatencyMs: 50 })).saw).toMatch(/^it took \d+ ms, more than 50 ms$/);
    const cached = says("", 200, { "cache-control": "max-age=60" });
    expect(await ask(cached, { responseHeaders: { "Cache-Control": "max-age=*" } })).toMatchObject({
      ok: true,
    });
    expect((await ask(cached, { responseHeaders: { "Cache-Control": "no-store" } })).saw).toBe(
      "header Cache-Control is max-age=60, not no-store",
    );
    expect((await ask(says(""), { responseHeaders: { "X-Version": "*" } })).saw).toBe(
      "header X-Version is missing",
    );
  });

  it("to a request with method, headers and body, of which no secret comes back", async () => {
    const echo: RequestListener = (request, response) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => {
        const body = Buffer.concat(chunks).toString();
        response.writeHead(401).end(`${request.method} ${body} ${request.headers.authorization}`);
      });
    };
    const headers = { Authorization: "Bearer hunter2-very-secret" };
    const probed = await ask(echo, { method: "POST", send: '{"a":1}', headers });
    expect(probed.saw).toBe('status 401, not 200: POST {"a":1} (redacted)');
  });

  it("is cut, and nothing in it is taken for more than text", async () => {
    const probed = await ask(says(`\u001b[2J${"x".repeat(5_000)}`, 500));
    expect(probed.saw.length).toBeLessThan(250);
  });
});

describe("redirects", () => {
  const to =
    (location: string, status = 302): RequestListener =>
    (request, response) => {
      if (request.url === "/end") response.end("there");
      else response.writeHead(status, { location }).end();
    };

  it("are not followed unless they are wanted", async () => {
    expect((await ask(to("/end"))).saw).toMatch(/^status 302, not 200: it redirects to http:.*\/end$/);
    expect(await ask(to("/end"), { redirects: 1, contains: "there" })).toMatchObject({ ok: true });
  });

  it("can be what is expected", async () => {
    expect(
      await ask(to("https://example.com/login?x=1", 301), { redirectTo: "https://example.com/*" }),
    ).toMatchObject({
      ok: true,
    });
    expect((await ask(to("https://other.example/"), { redirectTo: "https://example.com/*" })).saw).toContain(
      "it redirects to https://other.example/, not to https://example.com/*",
    );
    expect((await ask(says("page"), { redirectTo: "https://example.com/*" })).saw).toBe(
      "status 200, not a redirect",
    );
  });

  it("in a circle and without end are seen as such", async () => {
    expect((await ask(to("/health"), { redirects: 10 })).saw).toMatch(/^it redirects in a circle: .*→/);
    const further: RequestListener = (request, response) =>
      void response.writeHead(302, { location: `${request.url}x` }).end();
    expect((await ask(further, { redirects: 5 })).saw).toMatch(/^it redirects more than 5 times, last to /);
  });

  it("lead to no other scheme", async () => {
    expect((await ask(to("file:///etc/passwd"), { redirects: 3 })).saw).toBe(
      "it redirects to file:, which is not followed",
    );
  });

  it("take no header of ours to another host", async () => {
    let seen: string | undefined = "never asked";
    const other = await serve((request, response) => {
      seen = request.headers["x-token"]?.toString();
      response.end("there");
    });
    const probed = await ask(to(`${other}/`), { redirects: 1, headers: { "x-token": "abcdefgh" } });
    expect(probed.ok).toBe(true);
    expect(seen).toBeUndefined();
  });
});

describe("a server that behaves badly", () => {
  const quick = { ...setting, timeoutMs: 300 };
  const raw = async (text: string): Promise<string> => {
    const server = createTcpServer((socket) => {
      socket.on("error", () => undefined);
      socket.on("data", () => socket.write(text));
    });
    return `http://127.0.0.1:${await portOf(server)}/`;
  };

  it("and hangs is given up at the deadline, and where it hangs is said", async () => {
    const silent = await serve(() => undefined);
    expect(await probes.http(silent, wish(), quick)).toEqual({
      ok: false,
      saw: "it hangs: no answer within 0.3 s",
    });
    expect((await probes.http(await raw("HTTP/1.1 200 OK\r\nX-Slow: "), wish(), quick)).saw).toBe(
      "it hangs: its headers did not end within 0.3 s",
    );
    const half = await raw("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
    expect((await probes.http(half, wish(), quick)).saw).toBe(
      "it hangs: status 200, but its body did not end within 0.3 s",
    );
  });

  it("and sends a gigabyte is not listened to", async () => {
    let sent = 0;
    const megabyte = Buffer.alloc(1_000_000, "x");
    const endless: RequestListener = (_, response) => {
      const more = (): void => {
        while (sent < 1_000 && response.writable) {
          sent += 1;
          if (!response.write(megabyte)) return void response.once("drain", more);
        }
      };
      more();
    };
    expect((await ask(endless)).saw).toBe("its body is larger than 1 MB");
    expect(sent).toBeLessThan(50);
  });

  it("and speaks no HTTP, cuts the line or sends headers without end says so", async () => {
    expect((await probes.http(await raw("SSH-2.0-OpenSSH_9.2\r\n"), wish(), setting)).saw).toMatch(
      /does not speak HTTP/,
    );
    const endless = `HTTP/1.1 200 OK\r\n${"X-A: b\r\n".repeat(20_000)}`;
    expect((await probes.http(await raw(endless), wish(), setting)).saw).toMatch(/its headers are too large/);
    const cut = createTcpServer((socket) => socket.destroy());
    const url = `http://127.0.0.1:${await portOf(cut)}/`;
    expect((await probes.http(url, wish(), setting)).saw).toMatch(/cut|hang up/);
  });

  it("or is not there at all is told apart", async () => {
    const server = createServer();
    const port = await portOf(server);
    await new Promise((resolve) => server.close(resolve));
    expect((await probes.http(`http://127.0.0.1:${port}/`, wish(), setting)).saw).toMatch(
      /^the connection is refused/,
    );
    expect((await probes.http("http://no-such-host.invalid/", wish(), setting)).saw).toMatch(
      /no such host|looked up/,
    );
    expect(await probes.http("ftp://example.com/x", wish(), setting)).toMatchObject({
      ok: false,
      final: true,
    });
    expect(await probes.http("{{oops", wish(), setting)).toMatchObject({ ok: false, final: true });
  });

  it("is left at once when the run is stopped", async () => {
    const stop = new AbortController();
    const silent = await serve(() => stop.abort());
    const began = performance.now();
    await probes.http(silent, wish(), { ...setting, timeoutMs: 60_000, signal: stop.signal });
    expect(performance.now() - began).toBeLessThan(2_000);
  });
});

describe("IPv6", () => {
  it("is asked like anything else", async (context) => {
    const port = await portOf(createServer(says("six")), "::1").catch(() => undefined);
    if (port === undefined) return context.skip("this machine has no IPv6");
    expect(await probes.http(`http://[::1]:${port}/`, wish({ contains: "six" }), setting)).toMatchObject({
      ok: true,
    });
  });
});
