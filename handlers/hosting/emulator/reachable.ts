const apiHost = /^([a-z0-9]+)\.execute-api\.(?:[a-z0-9-]+\.amazonaws\.com(?:\.cn)?|localhost)$/i;

/**
 * A URL as Terraform prints it, as the emulator serves it. API Gateway's host names are not resolved on this
 * machine (`ID.execute-api.localhost`) or lead to the real AWS, so they become the path form of MiniStack and
 * LocalStack. Whether the first part of a path is a stage or belongs to `$default`, the emulator finds by itself.
 */
export function reachableAt(endpoint: string, url: string): string {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  const id = parsed === undefined ? undefined : apiHost.exec(parsed.hostname)?.[1];
  if (parsed === undefined || id === undefined) return url;
  const [stage = "", ...rest] = parsed.pathname.replace(/^\//, "").split("/");
  const scheme = parsed.protocol.startsWith("ws") ? "ws" : new URL(endpoint).protocol.slice(0, -1);
  const origin = `${scheme}://${new URL(endpoint).host}`;
  const path = [stage === "" ? "$default" : stage, ...rest].join("/");
  return `${origin}/_aws/execute-api/${id}/${path}${parsed.search}`;
}
