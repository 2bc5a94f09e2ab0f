import type { ProviderMirror } from "./provider-mirrors.ts";

/** The `provider_installation` block that takes what the mirrors hold from them, and the rest from the registries. */
export function providerInstallation(mirrors: readonly ProviderMirror[]): string {
  const methods = mirrors.map(({ path, providers }) =>
    [
      "  filesystem_mirror {",
      `    path    = ${hclString(path)}`,
      `    include = ${hclList(providers.map((provider) => provider.source))}`,
      "  }",
    ].join("\n"),
  );
  const mirrored = [
    ...new Set(mirrors.flatMap(({ providers }) => providers.map((provider) => provider.source))),
  ];
  const direct = ["  direct {", `    exclude = ${hclList(mirrored)}`, "  }"].join("\n");
  return ["provider_installation {", ...methods, direct, "}", ""].join("\n");
}

/** A quoted string of the CLI configuration's HCL 1, whose escapes are JSON's; a bare `${` would begin an interpolation. */
export function hclString(text: string): string {
  return JSON.stringify(text).replaceAll("$", "\\u0024");
}

function hclList(texts: readonly string[]): string {
  return `[${texts.map(hclString).join(", ")}]`;
}

/** Whether a CLI configuration, in HCL or JSON, decides itself where providers come from. */
export function hasProviderInstallation(text: string): boolean {
  return /(?:^|[\s{,])"?provider_installation"?\s*[{:=]/.test(blanked(text));
}

export function isJson(text: string): boolean {
  return text.trimStart().startsWith("{");
}

/** The text without comments and without the insides of strings, save of names that stand where a name can stand. */
function blanked(text: string): string {
  return text.replace(/"(?:\\.|[^"\\\n])*"|#[^\n]*|\/\/[^\n]*|\/\*[\s\S]*?\*\//g, (token) => {
    if (!token.startsWith('"')) return " ";
    return token === '"provider_installation"' ? token : '""';
  });
}
