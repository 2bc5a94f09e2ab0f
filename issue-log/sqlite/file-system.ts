import { statfsSync } from "node:fs";
import { dirname } from "node:path";
import { FaberError } from "../../src/core/error.ts";

/** SQLite's log is shared memory between processes, which a network cannot share: https://sqlite.org/wal.html */
export function refuseNetworkFileSystem(file: string, typeOf = fileSystemType): void {
  const name = networkFileSystems.get(typeOf(dirname(file)) >>> 0);
  if (name === undefined) return;
  throw new FaberError({
    code: "issue-log-network-file-system",
    exit: "wrong-usage",
    message: `the issue log ${file} lies on a network file system (${name}), where SQLite would be damaged`,
    hints: [
      "choose a local file with issue_log.url, or a postgres:// URL for a log that several machines share",
    ],
  });
}

/** `f_type` of statfs(2); the numbers are Linux's, and no other system's fall on these. */
const networkFileSystems: ReadonlyMap<number, string> = new Map([
  [0x6969, "NFS"],
  [0x517b, "SMB"],
  [0xff534d42, "CIFS"],
  [0xfe534d42, "SMB2"],
  [0x5346414f, "AFS"],
  [0x6b414653, "AFS"],
  [0x73757245, "Coda"],
  [0x00c36400, "Ceph"],
  [0x0bd00bd0, "Lustre"],
  [0x47504653, "GPFS"],
]);

function fileSystemType(dir: string): number {
  return statfsSync(dir).type;
}
