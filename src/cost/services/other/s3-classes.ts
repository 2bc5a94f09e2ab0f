import type { Meter } from "./lines.ts";

/** One storage class of a bucket: its title on the bill, its mapping in the usage file, its name in lifecycle rules. */
export interface StorageClass {
  readonly title: string;
  readonly path: string;
  /** `storage_class` of a lifecycle transition; absent: what a bucket has anyway. */
  readonly transition?: string;
  readonly meters: readonly Meter[];
}

const per = 1000;
const storage: Meter = { name: "Storage", unit: "GB", path: "storage_gb" };
const requests: readonly Meter[] = [
  { name: "PUT, COPY, POST, LIST requests", unit: "1k requests", path: "monthly_tier_1_requests", per },
  { name: "GET, SELECT, and all other requests", unit: "1k requests", path: "monthly_tier_2_requests", per },
];
const transitions: Meter = {
  name: "Lifecycle transition",
  unit: "1k requests",
  path: "monthly_lifecycle_transition_requests",
  per,
};
const retrievals: Meter = { name: "Retrievals", unit: "GB", path: "monthly_data_retrieval_gb" };
const select: readonly Meter[] = [
  { name: "Select data scanned", unit: "GB", path: "monthly_select_data_scanned_gb" },
  { name: "Select data returned", unit: "GB", path: "monthly_select_data_returned_gb" },
];

export const storageClasses: readonly StorageClass[] = [
  { title: "Standard", path: "standard", meters: [storage, ...requests, ...select] },
  {
    title: "Intelligent tiering",
    path: "intelligent_tiering",
    transition: "INTELLIGENT_TIERING",
    meters: [
      { name: "Storage (frequent access)", unit: "GB", path: "frequent_access_storage_gb" },
      { name: "Storage (infrequent access)", unit: "GB", path: "infrequent_access_storage_gb" },
      { name: "Storage (archive access)", unit: "GB", path: "archive_access_storage_gb" },
      { name: "Storage (deep archive access)", unit: "GB", path: "deep_archive_access_storage_gb" },
      { name: "Monitoring and automation", unit: "1k objects", path: "monitored_objects", per },
      ...requests,
      transitions,
      ...select,
      earlyDelete(30),
    ],
  },
  {
    title: "Standard - infrequent access",
    path: "standard_infrequent_access",
    transition: "STANDARD_IA",
    meters: [storage, ...requests, transitions, retrievals, ...select],
  },
  {
    title: "One zone - infrequent access",
    path: "one_zone_infrequent_access",
    transition: "ONEZONE_IA",
    meters: [storage, ...requests, transitions, retrievals, ...select],
  },
  {
    title: "Glacier instant retrieval",
    path: "glacier_instant_retrieval",
    transition: "GLACIER_IR",
    meters: [storage, ...requests, transitions, retrievals],
  },
  {
    title: "Glacier flexible retrieval",
    path: "glacier_flexible_retrieval",
    transition: "GLACIER",
    meters: [
      storage,
      ...requests,
      transitions,
      ...retrieval("standard"),
      ...selectAt("standard"),
      ...retrieval("expedited"),
      ...selectAt("expedited"),
      ...selectAt("bulk"),
      earlyDelete(90),
    ],
  },
  {
    title: "Glacier deep archive",
    path: "glacier_deep_archive",
    transition: "DEEP_ARCHIVE",
    meters: [
      storage,
      ...requests,
      transitions,
      ...retrieval("standard"),
      ...retrieval("bulk"),
      earlyDelete(180),
    ],
  },
];

function earlyDelete(days: number): Meter {
  return { name: `Early delete (within ${days} days)`, unit: "GB", path: "early_delete_gb" };
}

function retrieval(speed: string): readonly Meter[] {
  return [
    {
      name: `Retrieval requests (${speed})`,
      unit: "1k requests",
      path: `monthly_${speed}_data_retrieval_requests`,
      per,
    },
    { name: `Retrievals (${speed})`, unit: "GB", path: `monthly_${speed}_data_retrieval_gb` },
  ];
}

function selectAt(speed: string): readonly Meter[] {
  return [
    { name: `Select data scanned (${speed})`, unit: "GB", path: `monthly_${speed}_select_data_scanned_gb` },
    { name: `Select data returned (${speed})`, unit: "GB", path: `monthly_${speed}_select_data_returned_gb` },
  ];
}
