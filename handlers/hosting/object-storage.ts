import { Readable } from "node:stream";
import type { S3 } from "@aws-sdk/client-s3";
import { FaberError } from "../../src/core/error.ts";
import { describeError, troubleOf } from "./api-error.ts";
import { clientSettings, type ClientConfig } from "./client-config.ts";
import { sessionError, type SessionLabel } from "./credential-error.ts";
import { openS3 } from "./s3-client.ts";

export interface StorageContext {
  readonly config: ClientConfig;
  readonly label: SessionLabel;
  readonly signal: AbortSignal;
}

/** A large object on a slow line takes longer than a question. */
const transferTimeoutMs = 15 * 60_000;

/** Puts bytes at `s3://BUCKET/KEY`. The SDK sends a checksum with them, so an answer means that they arrived whole. */
export async function putObject(context: StorageContext, address: string, body: Uint8Array): Promise<void> {
  const place = placeOf(address);
  await withS3(context, { ...place, action: "s3:PutObject" }, (s3) =>
    s3.putObject(
      { ...place, Body: body, ContentType: "application/json" },
      { abortSignal: context.signal, requestTimeout: transferTimeoutMs },
    ),
  );
}

/** The bytes at `s3://BUCKET/KEY`. */
export async function getObject(
  context: StorageContext,
  address: string,
  atMost: number,
): Promise<Uint8Array> {
  const place = placeOf(address);
  return withS3(context, { ...place, action: "s3:GetObject" }, async (s3) => {
    const { Body, ContentLength = 0 } = await s3.getObject(place, {
      abortSignal: context.signal,
      requestTimeout: transferTimeoutMs,
    });
    if (ContentLength > atMost) {
      discard(Body);
      throw tooLarge(address, ContentLength, atMost);
    }
    return (await Body?.transformToByteArray()) ?? new Uint8Array();
  });
}

/** Nobody reads it to its end: that its connection then closes is no error. */
function discard(body: unknown): void {
  if (body instanceof Readable) body.on("error", () => undefined).destroy();
}

interface Place {
  readonly Bucket: string;
  readonly Key: string;
}

function placeOf(address: string): Place {
  const [, Bucket, Key] = /^s3:\/\/([A-Za-z0-9._-]{3,255})\/(.+)$/.exec(address) ?? [];
  if (Bucket !== undefined && Key !== undefined) return { Bucket, Key };
  throw new FaberError({
    code: "object-address-invalid",
    exit: "wrong-usage",
    message: `"${address}" names no object`,
    hints: ["write it like s3://BUCKET/KEY"],
  });
}

interface Attempt extends Place {
  readonly action: string;
}

async function withS3<T>(
  { config, label }: StorageContext,
  attempt: Attempt,
  work: (s3: S3) => Promise<T>,
): Promise<T> {
  const s3 = await openS3(clientSettings(config));
  try {
    return await work(s3);
  } catch (error) {
    if (error instanceof FaberError) throw error;
    throw sessionError(error, label) ?? storageError(error, attempt, label);
  } finally {
    s3.destroy();
  }
}

function storageError(error: unknown, attempt: Attempt, label: SessionLabel): unknown {
  const trouble = troubleOf(error);
  if (trouble === "bug") return error;
  if (trouble === "not-found") return notThere(error, attempt, label);
  const why = describeError(error);
  if (error instanceof Error && /AccessDenied|Forbidden|AllAccessDisabled/.test(error.name)) {
    return refused(why, attempt, error);
  }
  return new FaberError({
    code: "object-storage-failed",
    exit: "wrong-usage",
    message: `${attempt.action} of s3://${attempt.Bucket}/${attempt.Key} failed`,
    why,
    hints: ["look at the reason, and try again"],
    cause: error,
  });
}

function notThere(cause: unknown, { Bucket, Key }: Place, label: SessionLabel): FaberError {
  if (cause instanceof Error && cause.name === "NoSuchKey") {
    return new FaberError({
      code: "object-missing",
      exit: "wrong-usage",
      message: `there is nothing at s3://${Bucket}/${Key}`,
      hints: [`see what there is: aws s3 ls s3://${Bucket}/ --recursive`],
      cause,
    });
  }
  const at = label.endpoint === undefined ? "" : ` at ${label.endpoint}`;
  return new FaberError({
    code: "bucket-missing",
    exit: "wrong-usage",
    message: `there is no bucket "${Bucket}"${at}`,
    hints: [`make it: aws s3 mb s3://${Bucket}`, "or name another bucket, or another environment with --env"],
    cause,
  });
}

function refused(why: string, { action, Bucket, Key }: Attempt, cause: unknown): FaberError {
  return new FaberError({
    code: "object-refused",
    exit: "credentials-or-permissions",
    message: `${action} of s3://${Bucket}/${Key} was refused`,
    why,
    hints: [
      `allow ${action} on arn:aws:s3:::${Bucket}/${Key}, in the caller's policies and in the bucket's`,
      "a bucket of another account, or one encrypted with a KMS key, needs its owner's permission too",
    ],
    cause,
  });
}

function tooLarge(address: string, bytes: number, atMost: number): FaberError {
  const megabytes = (count: number): string => `${Math.ceil(count / 1024 / 1024)} MB`;
  return new FaberError({
    code: "object-too-large",
    exit: "wrong-usage",
    message: `${address} holds ${megabytes(bytes)}; at most ${megabytes(atMost)} are read`,
    hints: ["split what it holds over several objects"],
  });
}
