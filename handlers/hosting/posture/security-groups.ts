import type { Severity } from "../../../src/core/finding.ts";
import type { Observation } from "../contract.ts";
import { attributesOf } from "../existence/probe.ts";
import { elementsAt, textIn, type XmlElement } from "../existence/xml.ts";
import { observe, type PostureReader } from "./desk.ts";

export const securityGroups: PostureReader = {
  types: ["aws_security_group", "aws_default_security_group"],
  read: async (desk, resource) => {
    const parameters = { "GroupId.1": attributesOf(resource).text("id") };
    const reply = await desk.ask("ec2:DescribeSecurityGroups", () =>
      desk.query({ service: "ec2", version: "2016-11-15", action: "DescribeSecurityGroups", parameters }),
    );
    if (reply.kind !== "told") return [];
    return elementsAt(reply.value, "securityGroupInfo/item/ipPermissions/item").flatMap((permission) =>
      judgePermission(ruleOf(permission)).map(({ rule, ...saying }): Observation =>
        observe(desk, rule, { ...saying, remedy }),
      ),
    );
  },
};

const remedy =
  "name the addresses or security groups that need it; for a shell use Session Manager, which needs no port";

/** One rule for traffic inwards. */
export interface IngressRule {
  /** `tcp`, `udp`, `-1` for all. */
  readonly protocol: string;
  readonly from: number;
  readonly to: number;
  /** CIDR blocks of both kinds. */
  readonly ranges: readonly string[];
}

interface Judgement {
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
}

/** What nobody means to offer to the whole internet. */
const riskyPorts: ReadonlyMap<number, string> = new Map([
  [21, "FTP"],
  [22, "SSH"],
  [23, "Telnet"],
  [135, "RPC"],
  [139, "NetBIOS"],
  [161, "SNMP"],
  [389, "LDAP"],
  [445, "SMB"],
  [873, "rsync"],
  [1433, "SQL Server"],
  [1521, "Oracle"],
  [2049, "NFS"],
  [2181, "ZooKeeper"],
  [2375, "Docker"],
  [2376, "Docker"],
  [2379, "etcd"],
  [3306, "MySQL"],
  [3389, "RDP"],
  [5432, "PostgreSQL"],
  [5439, "Redshift"],
  [5601, "Kibana"],
  [5672, "AMQP"],
  [5900, "VNC"],
  [5984, "CouchDB"],
  [5985, "WinRM"],
  [6379, "Redis"],
  [6443, "Kubernetes"],
  [7001, "Cassandra"],
  [8182, "Neptune"],
  [9042, "Cassandra"],
  [9092, "Kafka"],
  [9200, "Elasticsearch"],
  [9300, "Elasticsearch"],
  [10250, "kubelet"],
  [11211, "Memcached"],
  [27017, "MongoDB"],
]);

const allPorts = 65_535;

export function judgePermission(rule: IngressRule): readonly Judgement[] {
  const world = rule.ranges.filter(isWorld);
  if (world.length === 0 || !["tcp", "udp", "6", "17", "-1"].includes(rule.protocol)) return [];
  const from = world.join(" and ");
  if (rule.protocol === "-1" || (rule.from <= 0 && rule.to >= allPorts)) {
    return [{ rule: "ports-open-to-world", severity: "CRITICAL", message: `all ports are open to ${from}` }];
  }
  const risky = [...riskyPorts].filter(([port]) => port >= rule.from && port <= rule.to);
  if (risky.length === 0) return [];
  const names = risky.slice(0, 3).map(([port, name]) => `${port} (${name})`);
  const more = risky.length > 3 ? ` and ${risky.length - 3} more` : "";
  const message = `${names.join(", ")}${more} ${risky.length === 1 ? "is" : "are"} open to ${from}`;
  return [{ rule: "ports-open-to-world", severity: "HIGH", message }];
}

/** The whole internet, or such a part of it that it makes no difference: it can be written as two halves. */
function isWorld(range: string): boolean {
  const length = Number(range.split("/")[1]);
  if (!Number.isInteger(length)) return false;
  return range.includes(":") ? length <= 3 : length <= 4;
}

function ruleOf(permission: XmlElement): IngressRule {
  const port = (path: string): number => Number(textIn(permission, path) ?? -1);
  const v4 = elementsAt(permission, "ipRanges/item").flatMap((item) => textIn(item, "cidrIp") ?? []);
  const v6 = elementsAt(permission, "ipv6Ranges/item").flatMap((item) => textIn(item, "cidrIpv6") ?? []);
  return {
    protocol: textIn(permission, "ipProtocol") ?? "-1",
    from: port("fromPort"),
    to: port("toPort"),
    ranges: [...v4, ...v6],
  };
}
