import type { ReportInput } from "./contract.ts";

/**
 * A finding's file as a path of the repository, with `/` and without `.` and `..`: what lies outside of it (a module
 * in a parent folder, an absolute path) keeps its own names below the repository's root.
 */
export function repositoryPath(file: string, { sourceRoot }: ReportInput): string {
  const path = file.replaceAll("\\", "/");
  const isAbsolute = path.startsWith("/") || /^[A-Za-z]:\//.test(path);
  const parts: string[] = [];
  for (const part of [...(isAbsolute ? [] : (sourceRoot ?? "").split("/")), ...path.split("/")]) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  return parts.join("/");
}

/** The same as a relative URI reference, percent-encoded (RFC 3986). */
export function repositoryUri(file: string, input: ReportInput): string {
  const path = repositoryPath(file, input).split("/").map(encodeSegment).join("/");
  return path === "" ? "." : path;
}

/** By way of bytes: half a surrogate pair cannot be encoded. */
function encodeSegment(segment: string): string {
  return encodeURIComponent(Buffer.from(segment).toString()).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
