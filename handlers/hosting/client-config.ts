import type { defaultProvider } from "@aws-sdk/credential-provider-node";

/** Gives the same credentials again until they expire; rejects with the SDK's own error when there are none. */
export type CredentialSource = ReturnType<typeof defaultProvider>;

export type Credentials = Awaited<ReturnType<CredentialSource>>;

/** What every client of a session has in common. */
export interface ClientConfig {
  readonly region: string;
  readonly credentials: CredentialSource;
  /** Absent for the real cloud, where each service has its own. */
  readonly endpoint?: string;
}

/** The settings of an SDK client. */
export interface ClientSettings extends ClientConfig {
  readonly maxAttempts: number;
  readonly retryMode: string;
  /** Milliseconds. */
  readonly requestHandler: { readonly connectionTimeout: number; readonly requestTimeout: number };
}

/** Adaptive retries slow down by themselves when the API throttles. */
export function clientSettings(config: ClientConfig): ClientSettings {
  return {
    region: config.region,
    credentials: config.credentials,
    ...(config.endpoint === undefined ? {} : { endpoint: config.endpoint }),
    maxAttempts: config.endpoint === undefined ? 6 : 3,
    retryMode: "adaptive",
    requestHandler: { connectionTimeout: 5_000, requestTimeout: 30_000 },
  };
}
