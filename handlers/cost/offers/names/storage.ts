import { byUsageType, named, type OfferNames, type PriceName, type UsageNames } from "../offer-row.ts";

const bucket = "aws_s3_bucket";
const perThousand = (key: string): PriceName => named(bucket, key, "1k requests", { factor: 1000 });
const perGb = (key: string): PriceName => named(bucket, key, "GB");
const tier1 = "PUT, COPY, POST, LIST requests";
const tier2 = "GET, SELECT, and all other requests";

/** A storage class whose usage types have its letters in them. */
function storageClass(title: string, letters: string): UsageNames {
  return {
    [`TimedStorage-${letters}-ByteHrs`]: [perGb(`${title} / Storage`)],
    [`Requests-${letters}-Tier1`]: [perThousand(`${title} / ${tier1}`)],
    [`Requests-${letters}-Tier2`]: [perThousand(`${title} / ${tier2}`)],
    [`Retrieval-${letters}`]: [perGb(`${title} / Retrievals`)],
  };
}

const tiering = "Intelligent tiering";
const infrequent = "Standard - infrequent access";
const oneZone = "One zone - infrequent access";

/** Storage classes but Glacier's, which have lists of their own; of tiers the first. */
export const s3: OfferNames = byUsageType({
  "TimedStorage-ByteHrs": [perGb("Standard / Storage")],
  "Requests-Tier1": [perThousand(`Standard / ${tier1}`)],
  "Requests-Tier2": [perThousand(`Standard / ${tier2}`)],
  ...storageClass(infrequent, "SIA"),
  ...storageClass(oneZone, "ZIA"),
  "TimedStorage-INT-FA-ByteHrs": [perGb(`${tiering} / Storage (frequent access)`)],
  "TimedStorage-INT-IA-ByteHrs": [perGb(`${tiering} / Storage (infrequent access)`)],
  "TimedStorage-INT-AA-ByteHrs": [perGb(`${tiering} / Storage (archive access)`)],
  "TimedStorage-INT-DAA-ByteHrs": [perGb(`${tiering} / Storage (deep archive access)`)],
  "Requests-INT-Tier1": [perThousand(`${tiering} / ${tier1}`)],
  "Requests-INT-Tier2": [perThousand(`${tiering} / ${tier2}`)],
  "TimedStorage-GIR-ByteHrs": [perGb("Glacier instant retrieval / Storage")],
  "Requests-Tier4": [infrequent, oneZone, tiering].map((title) =>
    perThousand(`${title} / Lifecycle transition`),
  ),
});
