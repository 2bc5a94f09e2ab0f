import { clientSettings, type ClientConfig } from "./client-config.ts";

/** Decoding is a courtesy: it must not hold up a diagnosis. */
const timeoutMs = 5_000;

/**
 * `sts:DecodeAuthorizationMessage`. Whoever was denied one thing is often not permitted this either, and not every
 * cloud that speaks STS has it: any refusal means that the message stays encoded, which the diagnosis then shows.
 */
export async function decodeAuthorization(
  config: ClientConfig,
  encoded: string,
): Promise<string | undefined> {
  const { STSClient, DecodeAuthorizationMessageCommand } = await import("@aws-sdk/client-sts");
  const client = new STSClient({ ...clientSettings(config), maxAttempts: 1 });
  try {
    const command = new DecodeAuthorizationMessageCommand({ EncodedMessage: encoded });
    const answer = await client.send(command, { abortSignal: AbortSignal.timeout(timeoutMs) });
    return answer.DecodedMessage;
  } catch {
    return undefined;
  } finally {
    client.destroy();
  }
}
