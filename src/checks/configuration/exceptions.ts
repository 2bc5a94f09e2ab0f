import { matchesPattern } from "../../core/address-pattern.ts";
import type { Drift, DriftedResource, DriftException } from "../../core/drift.ts";

export interface ExceptionRules {
  readonly exceptions: readonly DriftException[];
  /** ISO 8601 date of today, UTC. */
  readonly today: string;
  /** In a protected environment, an exception without an end holds for nothing. */
  readonly needsExpiry: boolean;
}

/** Takes out what somebody expects, and says what was taken out and which exceptions hold no more. */
export function exceptDrift(
  found: readonly DriftedResource[],
  { exceptions, today, needsExpiry }: ExceptionRules,
): Pick<Drift, "resources" | "ignored" | "lapsed"> {
  // Its last day is a day that it holds; dates of this form sort as text.
  const holds = ({ expires }: DriftException): boolean =>
    expires === undefined ? !needsExpiry : expires >= today;
  const live = exceptions.filter(holds);
  const ignored: Drift["ignored"][number][] = [];
  const resources = found.flatMap((resource): readonly DriftedResource[] => {
    const { address } = resource;
    const mine = live.filter(
      (exception) => exception.address === undefined || matchesPattern(exception.address, address),
    );
    const whole = mine.find((exception) => exception.attribute === undefined);
    if (whole) {
      ignored.push({ address, by: whole });
      return [];
    }
    const attributes = resource.attributes.filter(({ path }) => {
      const by = mine.find((exception) => coversAttribute(exception.attribute ?? "", path));
      if (by) ignored.push({ address, path, by });
      return by === undefined;
    });
    return resource.change === "changed" && attributes.length === 0 ? [] : [{ ...resource, attributes }];
  });
  return { resources, ignored, lapsed: exceptions.filter((exception) => !holds(exception)) };
}

/** `tags` covers `tags.Team`, and `scaling[0]` what lies in it; the effective tags go with the tags. */
function coversAttribute(pattern: string, path: string): boolean {
  const paths = [path, path.replace(/^tags_all\b/, "tags")];
  return paths.some(
    (candidate) =>
      matchesPattern(pattern, candidate) ||
      matchesPattern(`${pattern}.*`, candidate) ||
      matchesPattern(`${pattern}[*`, candidate),
  );
}
