import type { Concern } from "../../handlers/scanner/contract.ts";
import { severities, type Finding, type Severity } from "../core/finding.ts";

/** What one scanner found; the findings are accepted, and say whether they count. */
export interface ScannerFindings {
  /** The test that lists them. */
  readonly test: string;
  readonly found: readonly { readonly finding: Finding; readonly concern?: Concern }[];
}

/** What becomes of one scanner's findings. */
export interface MergedFindings {
  /** Those that its own test lists, merged with what later scanners saw. */
  readonly listed: readonly Finding[];
  /** All that it saw, whoever lists them, as the gate must see them. */
  readonly seen: readonly Finding[];
  /** How many of them other tests list, by test. */
  readonly listedIn: Readonly<Record<string, number>>;
}

/** A finding with all that was seen of it. */
interface Group {
  readonly scan: number;
  readonly concern?: Concern;
  readonly members: { readonly scan: number; readonly finding: Finding }[];
}

/**
 * One finding for each resource and concern, listed by the first scanner that saw it. Rules of one scanner are never
 * merged with each other. Rules that mean the same stand and fall together: a waiver for one holds for all. Where they
 * only overlap, a waived finding and one that counts stay apart, so that nothing hides behind a waiver for something
 * narrower.
 */
export function mergeFindings(scans: readonly ScannerFindings[]): readonly MergedFindings[] {
  const groups = groupsOf(scans);
  const shared = groups.map((group) => (group.concern?.same === true ? sharedStanding(group) : undefined));
  const standing = (finding: Finding, index: number): Finding => {
    const mark = shared[index];
    return mark === undefined ? finding : { ...withoutStanding(finding), ...mark };
  };
  return scans.map(({ test }, scan) => {
    const listedIn: Record<string, number> = {};
    const seen: Finding[] = [];
    const listed: Finding[] = [];
    groups.forEach((group, index) => {
      const own = group.members.filter((member) => member.scan === scan);
      const host = scans[group.scan]?.test ?? test;
      if (group.scan === scan) {
        const merged = standing(mergedOf(group), index);
        listed.push(merged);
        seen.push(merged);
      } else if (own.length > 0) {
        listedIn[host] = (listedIn[host] ?? 0) + own.length;
        seen.push(...own.map(({ finding }) => standing(finding, index)));
      }
    });
    return { listed, seen, listedIn };
  });
}

function groupsOf(scans: readonly ScannerFindings[]): readonly Group[] {
  const groups: Group[] = [];
  const byConcern = new Map<string, Group[]>();
  scans.forEach(({ found }, scan) => {
    for (const { finding, concern } of found) {
      const key = concern && finding.address !== undefined ? keyOf(concern, finding.address) : undefined;
      const candidates = (key === undefined ? undefined : byConcern.get(key)) ?? [];
      const host = hostOf(candidates, finding, scan);
      if (host) {
        host.members.push({ scan, finding });
        continue;
      }
      const group = { scan, ...(concern === undefined ? {} : { concern }), members: [{ scan, finding }] };
      groups.push(group);
      if (key !== undefined) byConcern.set(key, [...candidates, group]);
    }
  });
  return groups;
}

function keyOf(concern: Concern, address: string): string {
  return `${concern.name}\0${withoutIndex(address)}`;
}

function withoutIndex(address: string): string {
  return address.replace(/\[(?:\d+|"(?:[^"\\]|\\.)*")\]$/, "");
}

/** The finding of an earlier scanner that this one joins: the same address first, the worst of them first. */
function hostOf(candidates: readonly Group[], finding: Finding, scan: number): Group | undefined {
  const fitting = candidates.filter((group) => group.scan < scan && fits(group, finding));
  const same = fitting.filter((group) => group.members[0]?.finding.address === finding.address);
  const rest = fitting.filter((group) => isUnnumbered(group, finding, scan));
  return [...(same.length > 0 ? same : rest)].sort((a, b) => rank(mergedOf(a)) - rank(mergedOf(b)))[0];
}

function fits({ concern, members }: Group, finding: Finding): boolean {
  const first = members[0]?.finding;
  if (first === undefined) return false;
  const files = [first.at?.file, finding.at?.file];
  if (!files.includes(undefined) && files[0] !== files[1]) return false;
  return concern?.same === true || standingOf(first) === standingOf(finding);
}

/** Inside modules, tfsec tells a resource without its index: then each of its findings is that of one instance. */
function isUnnumbered({ members }: Group, finding: Finding, scan: number): boolean {
  const [a = "", b = ""] = [members[0]?.finding.address, finding.address];
  const oneHasNone = a === withoutIndex(b) || b === withoutIndex(a);
  return oneHasNone && a.startsWith("module.") && !members.some((member) => member.scan === scan);
}

function standingOf({ waived, known }: Finding): string {
  return waived === undefined ? (known === undefined ? "counts" : "known") : "waived";
}

/**
 * One waiver is enough for all rules that mean the same. What one scanner knew before, another may tell for the first
 * time; where one scanner sees more than it knew, something is new.
 */
function sharedStanding({ members }: Group): Pick<Finding, "waived" | "known"> {
  const waived = members.map(({ finding }) => finding.waived).find((mark) => mark !== undefined);
  const known = members.filter(({ finding }) => finding.known === true);
  const knowing = new Set(known.map(({ scan }) => scan));
  const grown = members.some(({ scan, finding }) => finding.known === undefined && knowing.has(scan));
  const allKnown = known.length > 0 && !grown;
  return { ...(waived === undefined ? {} : { waived }), ...(allKnown ? { known: true as const } : {}) };
}

function withoutStanding({ waived: _waived, known: _known, ...finding }: Finding): Finding {
  return finding;
}

function mergedOf({ members }: Group): Finding {
  const [first, ...others] = members.map(({ finding }) => finding);
  if (first === undefined) throw new Error("a group of findings has a first one");
  if (others.length === 0) return first;
  const also = [...new Set(others.map((finding) => finding.rule))].filter((rule) => rule !== first.rule);
  const remedy = [first, ...others].map((finding) => finding.remedy).find((text) => text !== undefined);
  return {
    ...first,
    severity: worst([first, ...others].map((finding) => finding.severity)),
    scanners: [...new Set([first, ...others].flatMap((finding) => finding.scanners))],
    ...(remedy === undefined ? {} : { remedy }),
    ...(also.length === 0 ? {} : { also }),
  };
}

/** `UNKNOWN` stands last in the list, so it never wins over one that is known. */
function worst(all: readonly Severity[]): Severity {
  return severities.find((severity) => all.includes(severity)) ?? "UNKNOWN";
}

function rank(finding: Finding): number {
  return severities.indexOf(finding.severity);
}
