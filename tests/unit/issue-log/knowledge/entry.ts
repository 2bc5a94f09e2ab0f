import { knowledgeEntrySchema, type KnowledgeEntry } from "../../../../issue-log/knowledge/schema.ts";

const usual = {
  id: "some-problem",
  title: "Some problem",
  category: "config",
  match: { phrases: ["some problem"] },
  root_cause: "Something is not as it should be.",
  solutions: [
    {
      id: "mend-it",
      description: "Mend it",
      kind: "manual",
      steps: ["Mend it."],
      impact: "low",
      prior: { successes: 1, tries: 2 },
    },
  ],
  source: "https://docs.example.com/page",
  examples: ["some problem occurred"],
};

/** An entry as its file would give it, with what a test is about put in place. */
export function entryWith(given: Readonly<Record<string, unknown>>): KnowledgeEntry {
  return knowledgeEntrySchema.parse({ ...usual, ...given });
}

/** What the schema says about such an entry: the messages of its issues. */
export function complaintsAbout(given: Readonly<Record<string, unknown>>): string {
  const result = knowledgeEntrySchema.safeParse({ ...usual, ...given });
  return result.success ? "" : JSON.stringify(result.error.issues);
}
