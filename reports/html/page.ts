import { createHash } from "node:crypto";
import { markup, trusted, type Markup } from "./escape.ts";
import { script } from "./script.ts";
import { style } from "./style.ts";

/**
 * A whole document with nothing outside of it. The policy lets in this style and this script and nothing else, so that
 * even markup that slipped through could do nothing and ask nobody.
 */
export function page(title: string, content: Markup): string {
  const policy = [
    "default-src 'none'",
    `style-src ${hashOf(style)}`,
    `script-src ${hashOf(script)}`,
    "img-src data:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  const lines = [
    markup`<!doctype html>`,
    markup`<html lang="en"><head><meta charset="utf-8">`,
    markup`<meta http-equiv="Content-Security-Policy" content="${trusted(policy)}">`,
    markup`<meta name="viewport" content="width=device-width, initial-scale=1">`,
    markup`<meta name="referrer" content="no-referrer"><meta name="color-scheme" content="light dark">`,
    markup`<title>${title}</title><link rel="icon" href="data:,">`,
    markup`<style>${trusted(style)}</style></head><body>`,
    content,
    markup`<script>${trusted(script)}</script></body></html>`,
  ];
  return `${lines.map((line) => line.markup).join("\n")}\n`;
}

function hashOf(text: string): string {
  return `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
}
