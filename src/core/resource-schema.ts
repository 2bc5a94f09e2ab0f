/** What a provider's own schema says of one resource type, as far as tags and names go. */
export interface ResourceSchema {
  /** `map`: a map of key and value; `blocks`: one nested block for each tag. Absent: it cannot be tagged. */
  readonly tags?: "map" | "blocks";
  /** Whether there is a computed map of the tags that are in force, the provider's own defaults included. */
  readonly allTags: boolean;
  /** Arguments that may hold its own name, the likeliest first. */
  readonly names: readonly string[];
}

/** By resource type. */
export type ResourceSchemas = Readonly<Record<string, ResourceSchema>>;
