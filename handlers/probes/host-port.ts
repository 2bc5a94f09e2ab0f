export interface HostPort {
  readonly host: string;
  readonly port: number;
}

/** `host:port`, `[2001:db8::1]:443`, or nothing for anything else. */
export function hostPortOf(address: string): HostPort | undefined {
  const found = /^(?:\[([0-9a-fA-F:.%]+)\]|([^\s:/[\]]+)):(\d{1,5})$/.exec(address.trim());
  const host = found?.[1] ?? found?.[2];
  const port = Number(found?.[3]);
  return host === undefined || port < 1 || port > 65_535 ? undefined : { host, port };
}

export function notAnAddress(address: string): string {
  return `${JSON.stringify(address.slice(0, 100))} is not host:port`;
}
