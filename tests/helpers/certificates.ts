import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

interface KeyPair {
  readonly key: string;
  readonly cert: string;
}

export interface CertificateSetting {
  /** Names and addresses, as OpenSSL writes them: `DNS:localhost`, `IP:127.0.0.1`. */
  readonly for: string;
  /** Days from now; negative: it has expired. */
  readonly days: number;
  readonly selfSigned?: true;
}

export interface Authority {
  /** File of its certificate, PEM. */
  readonly file: string;
  readonly issue: (setting: CertificateSetting) => KeyPair;
  readonly remove: () => void;
}

const newKey = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];

/** An authority of the tests' own, in a folder that goes with it: made anew each time, so that nothing expires by itself. */
export function certificateAuthority(): Authority {
  const dir = mkdtempSync(join(tmpdir(), "faber-certificates-"));
  const openssl = (...args: readonly string[]): void => {
    execFileSync("openssl", args, { cwd: dir, stdio: "pipe" });
  };
  openssl(
    "req",
    "-x509",
    ...newKey,
    "-keyout",
    "ca.key",
    "-out",
    "ca.pem",
    "-days",
    "30",
    "-subj",
    "/CN=test authority",
  );
  const read = (name: string): string => readFileSync(join(dir, name), "utf8");
  return {
    file: join(dir, "ca.pem"),
    issue: (setting) => {
      const days = String(setting.days);
      writeFileSync(join(dir, "names"), `subjectAltName=${setting.for}\n`);
      openssl("req", ...newKey, "-keyout", "own.key", "-out", "own.csr", "-subj", "/CN=test server");
      const signer = setting.selfSigned
        ? ["-signkey", "own.key"]
        : ["-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial"];
      openssl(
        "x509",
        "-req",
        "-in",
        "own.csr",
        ...signer,
        "-days",
        days,
        "-extfile",
        "names",
        "-out",
        "own.pem",
      );
      return { key: read("own.key"), cert: read("own.pem") };
    },
    remove: () => rmSync(dir, { recursive: true, force: true }),
  };
}

/** Why certificates cannot be made here, or nothing. */
export const noOpenssl = opensslIsThere() ? undefined : "openssl is not installed";

function opensslIsThere(): boolean {
  try {
    execFileSync("openssl", ["version"], { stdio: "pipe" });
    return true;
  } catch {
    return false;
  }
}
