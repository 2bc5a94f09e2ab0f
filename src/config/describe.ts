import { isObject, type JsonValue } from "../core/json.ts";
import { describeOrigin, type Setting } from "./origin.ts";

/** One line of `faber config show`, ready to be aligned or written as JSON. */
export interface SettingRow {
  readonly key: string;
  /** `null` when nothing sets it. */
  readonly value: JsonValue;
  /** `--region`, `FABER_REGION`, `faber.yaml:9:5`, `default`, `terraform`. */
  readonly origin: string;
}

const hidden = "(hidden)";

/**
 * The settings as rows, without what could be secret: variables whose name says so, those that the configuration
 * declares sensitive (`sensitive`, by name), credentials in backend settings and in URLs.
 */
export function describeSettings(
  settings: readonly Setting[],
  sensitive: readonly string[] = [],
): readonly SettingRow[] {
  const declared = new Set(sensitive.map((name) => `variables.${name}`));
  return settings.map(({ key, value, origin }) => ({
    key,
    value: value === undefined ? null : declared.has(key) ? hidden : shown(key, value),
    origin: describeOrigin(origin),
  }));
}

/** A row's value as one piece of text. */
export function rowText({ value }: SettingRow): string {
  if (value === null) return "-";
  return typeof value === "string" ? value : JSON.stringify(value);
}

function shown(key: string, value: JsonValue): JsonValue {
  const [top, ...inner] = key.split(".");
  if (top === "variables") return withoutSecrets(inner.join("."), value, secretVariable);
  if (top === "backend") return withoutSecrets(inner.join("."), value, secretBackendSetting);
  if (top === "health") return withoutSecrets("", value, secretHeader);
  return typeof value === "string" ? withoutUrlCredentials(value) : value;
}

const secretHeader = /authorization|cookie|password|secret|token|key$/i;
const secretVariable = /password|passwd|secret|token|key|credential/i;
/** A backend's own `key` is the path of the state, and `kms_key_id` an address. */
const secretBackendSetting = /password|secret|token|credential|[a-z]_key$/i;

function withoutSecrets(name: string, value: JsonValue, secret: RegExp): JsonValue {
  if (secret.test(name)) return hidden;
  if (Array.isArray(value)) return value.map((item: JsonValue) => withoutSecrets("", item, secret));
  if (isObject(value)) {
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, withoutSecrets(key, item, secret)]),
    );
  }
  return typeof value === "string" ? withoutUrlCredentials(value) : value;
}

function withoutUrlCredentials(text: string): string {
  return text.replace(/(:\/\/)[^\s/]*@/g, `$1${hidden}@`);
}
