import { expect, it } from "vitest";
import { judgePermission } from "../../../../../handlers/hosting/posture/security-groups.ts";

const judged = (
  protocol: string,
  from: number,
  to: number,
  ...ranges: readonly string[]
): readonly string[] =>
  judgePermission({ protocol, from, to, ranges }).map(({ severity, message }) => `${severity} ${message}`);

it.each<[string, readonly string[], readonly string[]]>([
  ["SSH", judged("tcp", 22, 22, "0.0.0.0/0"), ["HIGH 22 (SSH) is open to 0.0.0.0/0"]],
  ["SSH in IPv6", judged("tcp", 22, 22, "::/0"), ["HIGH 22 (SSH) is open to ::/0"]],
  [
    "a range",
    judged("tcp", 3000, 3400, "0.0.0.0/0"),
    ["HIGH 3306 (MySQL), 3389 (RDP) are open to 0.0.0.0/0"],
  ],
  [
    "half of the world",
    judged("tcp", 5432, 5432, "128.0.0.0/1"),
    ["HIGH 5432 (PostgreSQL) is open to 128.0.0.0/1"],
  ],
  ["all traffic", judged("-1", -1, -1, "0.0.0.0/0"), ["CRITICAL all ports are open to 0.0.0.0/0"]],
  [
    "all ports",
    judged("tcp", 0, 65_535, "0.0.0.0/0", "::/0"),
    ["CRITICAL all ports are open to 0.0.0.0/0 and ::/0"],
  ],
  ["a website", judged("tcp", 443, 443, "0.0.0.0/0", "::/0"), []],
  ["a network", judged("tcp", 22, 22, "10.0.0.0/8"), []],
  ["an answer to ping", judged("icmp", -1, -1, "0.0.0.0/0"), []],
  ["nobody", judged("-1", -1, -1), []],
])("%s", (_, found, expected) => expect(found).toEqual(expected));
