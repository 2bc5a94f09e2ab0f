import { createServer as createHttpsServer } from "node:https";
import { createServer as createTcpServer } from "node:net";
import { createServer as createTlsServer } from "node:tls";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  certificateAuthority,
  noOpenssl,
  type Authority,
  type CertificateSetting,
} from "../../helpers/certificates.ts";
import { portOf, probes, setting, wish } from "./setting.ts";

if (noOpenssl !== undefined) console.warn(`skipped: probes of TLS: ${noOpenssl}`);

describe.skipIf(noOpenssl !== undefined)("a certificate", () => {
  let authority: Authority;
  beforeAll(() => {
    authority = certificateAuthority();
  });
  afterAll(() => authority.remove());

  const https = async (certificate: CertificateSetting): Promise<number> =>
    portOf(createHttpsServer(authority.issue(certificate), (_, response) => response.end("ok")));
  const saw = async (certificate: CertificateSetting, minDays = 14): Promise<string> => {
    const url = `https://127.0.0.1:${await https(certificate)}/`;
    return (await probes.http(url, wish({ caFile: authority.file, minDays }), setting)).saw;
  };
  const local = "IP:127.0.0.1";

  it("that is good, is for the host and holds long enough is well", async () => {
    expect(await saw({ for: local, days: 30 })).toMatch(/^status 200/);
  });

  it("that holds too short a time is an objection, though it is valid", async () => {
    expect(await saw({ for: local, days: 5 })).toMatch(
      /^its certificate holds for [45] more days, fewer than 14$/,
    );
  });

  it("that has expired, is for others, signed by itself or by a stranger is told apart", async () => {
    expect(await saw({ for: local, days: -1 })).toMatch(/^its certificate has expired/);
    const others = `https://localhost:${await https({ for: "DNS:other.example", days: 30 })}/`;
    expect((await probes.http(others, wish({ caFile: authority.file }), setting)).saw).toMatch(
      /^its certificate is for another host \(.*other\.example/,
    );
    expect(await saw({ for: local, days: 30, selfSigned: true })).toMatch(
      /^its certificate is signed by itself/,
    );
    const url = `https://127.0.0.1:${await https({ for: local, days: 30 })}/`;
    expect((await probes.http(url, wish(), setting)).saw).toMatch(/unknown issuer/);
  });

  it("is not asked for where there is no TLS", async () => {
    const plain = createTcpServer((socket) => {
      socket.on("error", () => undefined);
      socket.on("data", () => socket.end("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"));
    });
    const port = await portOf(plain);
    expect((await probes.http(`https://127.0.0.1:${port}/`, wish(), setting)).saw).toMatch(
      /does not speak TLS/,
    );
    expect((await probes.http(`http://127.0.0.1:${port}/`, wish({ minDays: 1 }), setting)).saw).toMatch(
      /without TLS/,
    );
  });

  it("is not left for plain HTTP by a redirect", async () => {
    const server = createHttpsServer(authority.issue({ for: local, days: 30 }), (_, response) =>
      response.writeHead(302, { location: "http://127.0.0.1:1/" }).end(),
    );
    const url = `https://127.0.0.1:${await portOf(server)}/`;
    const probed = await probes.http(url, wish({ caFile: authority.file, redirects: 3 }), setting);
    expect(probed.saw).toMatch(/^it redirects from https to http:.*not followed$/);
  });

  it("is seen by a TLS probe of its own as well", async () => {
    const tls = async (certificate: CertificateSetting, caFile = authority.file) =>
      probes.tls(
        `127.0.0.1:${await portOf(createTlsServer(authority.issue(certificate)))}`,
        { minDays: 14, caFile },
        setting,
      );
    expect(await tls({ for: local, days: 30 })).toMatchObject({ ok: true });
    expect((await tls({ for: local, days: 3 })).saw).toMatch(/fewer than 14$/);
    expect((await tls({ for: local, days: -1 })).saw).toMatch(/has expired/);
    expect((await tls({ for: "DNS:a.example", days: 30 })).saw).toMatch(/another host/);
    expect((await tls({ for: local, days: 30, selfSigned: true })).saw).toMatch(/signed by itself/);
    expect(await tls({ for: local, days: 30 }, "/no/such/ca.pem")).toMatchObject({ ok: false, final: true });
  });

  it("of a host that never shows one is waited for no longer than the deadline", async () => {
    const port = await portOf(createTcpServer((socket) => void socket.on("error", () => undefined)));
    const probed = await probes.tls(`127.0.0.1:${port}`, { minDays: 1 }, { ...setting, timeoutMs: 300 });
    expect(probed).toEqual({ ok: false, saw: "it hangs: connected, no TLS within 0.3 s" });
  });
});

describe("a TCP port", () => {
  it("is well when it accepts connections", async () => {
    const port = await portOf(createTcpServer((socket) => socket.end()));
    expect(await probes.tcp(`127.0.0.1:${port}`, setting)).toMatchObject({ ok: true });
    expect(await probes.tcp(`localhost:${port}`, setting)).toMatchObject({ ok: true });
  });

  it("is down when nothing listens, and a bad address is no address", async () => {
    const server = createTcpServer();
    const port = await portOf(server);
    await new Promise((resolve) => server.close(resolve));
    expect((await probes.tcp(`127.0.0.1:${port}`, setting)).saw).toMatch(/^the connection is refused/);
    expect((await probes.tcp("no-such-host.invalid:80", setting)).saw).toMatch(/no such host|looked up/);
    for (const address of ["nowhere", "host:0", "host:99999", "a b:80", "::1:80"])
      expect(await probes.tcp(address, setting)).toMatchObject({ ok: false, final: true });
  });
});
