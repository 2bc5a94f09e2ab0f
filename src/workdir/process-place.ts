import { readlinkSync } from "node:fs";
import { hostname } from "node:os";

/**
 * What a process ID is counted in: this machine and, where the system tells, the PID namespace, which differs from
 * container to container (pid_namespaces(7)). A process of another place cannot be looked for here.
 */
export function processPlace(): string {
  return `${hostname()} ${pidNamespace()}`.trim();
}

function pidNamespace(): string {
  try {
    return readlinkSync("/proc/self/ns/pid");
  } catch {
    return ""; // No /proc on this system.
  }
}
