import { FaberError } from "../../../src/core/error.ts";

/** Where AWS publishes its price lists, for everybody and without a key. */
export const publicAddress = "https://pricing.us-east-1.amazonaws.com";

const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** The address price lists are read from; https, but on this machine itself. Throws `price-list-address-invalid`. */
export function baseAddress(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isSafe = url?.protocol === "https:" || (url?.protocol === "http:" && loopback.test(url.hostname));
  if (url && isSafe && url.username === "" && url.password === "" && url.search === "" && url.hash === "")
    return url;
  throw new FaberError({
    code: "price-list-address-invalid",
    exit: "wrong-usage",
    message: `--from: "${url ? `${url.protocol}//${url.host}` : text}" is no address of price lists`,
    why: "prices decide what a budget lets through: they are read over https alone, or from this machine",
    hints: ["name a base address such as https://mirror.example/aws, without user, query or fragment"],
  });
}

/** A path of a price list's index under the base; one that leads elsewhere gives undefined. */
export function addressUnder(base: URL, path: string): URL | undefined {
  if (!/^\/[\w./-]+$/.test(path) || path.startsWith("//") || path.split("/").includes("..")) return undefined;
  return new URL(`${base.origin}${base.pathname.replace(/\/$/, "")}${path}`);
}
