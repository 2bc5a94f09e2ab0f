import { firstSchema } from "./001-first.ts";

/** One script a version, oldest first. A released one is never edited: a change is a new script at the end. */
export const migrations: readonly string[] = [firstSchema];
