import { FaberError } from "../../../src/core/error.ts";
import type { ServiceWish } from "../../../src/core/health.ts";
import type { Resource } from "../../../src/core/resource.ts";
import type { HealthAnswer, HealthQuestion, HealthRequest, Unchecked } from "../contract.ts";
import { inParallel, interruption } from "../existence/parallel.ts";
import { deadLetterArns } from "../monitoring/needs.ts";
import { deskOf, type Desk } from "../posture/desk.ts";
import { clientsByRegion, type ReadingContext } from "../posture/read-posture.ts";
import { resourceNamed } from "./named.ts";
import { askedOf, broken, type Asked, type HealthReader, type Seen } from "./reader.ts";
import { readerOf } from "./readers.ts";

/** Asks each question once, some at a time; throws FaberError when the session as a whole cannot ask. */
export async function readHealth(
  { resources, questions, now }: HealthRequest,
  { config, label, signal }: ReadingContext,
  onAnswer: (answer: HealthAnswer) => void = () => undefined,
): Promise<readonly HealthAnswer[]> {
  const interrupted = interruption(signal);
  const clientsFor = clientsByRegion(config);
  const deadLetters = deadLetterArns(resources);
  const answers = new Map<string, HealthAnswer>();
  const known = questions.flatMap((question) => {
    const subject = subjectOf(question, resources);
    const reader = readerOf(subject.resource.type);
    return reader === undefined ? [] : [{ ...subject, id: question.id, reader }];
  });
  try {
    await inParallel(known, async ({ id, resource, wish, reader }) => {
      const unchecked: Unchecked[] = [];
      const desk = deskOf({ clients: clientsFor(resource), label, account: undefined, resource, unchecked });
      const asked = askedOf(desk, resource, { wish, deadLetters, now: now / 1_000 });
      const seen = await interrupted.unless(() => readOne(reader, asked, { desk, unchecked }));
      const answer = { id, call: reader.call, ...seen };
      answers.set(id, answer);
      onAnswer(answer);
    });
  } finally {
    interrupted.close();
  }
  return known.flatMap(({ id }) => answers.get(id) ?? []);
}

function subjectOf(
  question: HealthQuestion,
  resources: readonly Resource[],
): { readonly resource: Resource; readonly wish: ServiceWish | undefined } {
  if ("resource" in question) return { resource: question.resource, wish: undefined };
  const { service, named, wish } = question;
  return { resource: resourceNamed(service, named, resources), wish };
}

async function readOne(
  reader: HealthReader,
  asked: Asked,
  { desk, unchecked }: { readonly desk: Desk; readonly unchecked: readonly Unchecked[] },
): Promise<Seen> {
  try {
    const reply = await desk.ask(reader.call, () => reader.read(asked));
    if (reply.kind === "told" && reply.value !== undefined) return reply.value;
    if (reply.kind !== "untold") return broken("it does not exist");
  } catch (error) {
    // Without what the state should hold, the question cannot be put.
    if (!(error instanceof FaberError) || error.code !== "attribute-missing") throw error;
    return { state: "unchecked", saw: error.message, final: true };
  }
  return { state: "unchecked", saw: unchecked[0]?.why ?? "there was no answer", final: true };
}
