/**
 * Untrusted text made harmless for a terminal: control characters (C0 without tab and newline, DEL, C1) and
 * the Unicode marks that reorder a line are shown as `\u{..}` and can move no cursor, open no link.
 */
export function safeText(text: string): string {
  return text.replace(unsafe, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
}

/** The same on one line: breaks and tabs become spaces. */
export function safeLine(text: string): string {
  return safeText(text.replace(/[\r\n\t]+/g, " "));
}

/**
 * A value as JSON that is harmless on a terminal too: JSON itself escapes no DEL, no C1 control and no mark that
 * reorders a line. `indent` is as JSON.stringify has it.
 */
export function safeJson(value: unknown, indent?: number): string {
  return JSON.stringify(value, undefined, indent).replace(
    unsafeInJson,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** Takes colour and cursor sequences out of a tool's output before it is read as text. */
export function stripAnsi(text: string): string {
  return text.replace(ansi, "");
}

// oxlint-disable-next-line no-control-regex -- control characters are what this is about
const unsafe = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
const unsafeInJson = /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;
// oxlint-disable-next-line no-control-regex -- CSI, and OSC closed by BEL or ST
const ansi = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[@-Z\\-_])/g;
