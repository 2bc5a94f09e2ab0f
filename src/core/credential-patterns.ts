/** What has the shape of a credential wherever it stands. */
interface CredentialPattern {
  /** In lower case; a text that holds none of these cannot match, and is not searched. */
  readonly signs: readonly string[];
  /** Linear in its input. The named group `keep` stays, the rest of the match goes. */
  readonly shape: RegExp;
}

const secretNames =
  "(?:pass(?:word|wd|phrase)|pwd|client_?secret|api_?key|auth_?token|access_?token|refresh_?token|private_?token|account_?key|shared_?access_?key|secret_?(?:string|value))";
const secretNameSigns = ["pass", "pwd", "secret", "key", "token"];

const credentialPatterns: readonly CredentialPattern[] = [
  { signs: ["akia", "asia"], shape: /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g },
  {
    signs: ["secret", "session", "token"],
    shape:
      /(?<keep>\b(?:aws_)?(?:secret_?access_?key|session_?token|secret_?key)["']?\s{0,4}[=:]\s{0,4}["']?)[A-Za-z0-9/+=]{16,}/gi,
  },
  { signs: ["://"], shape: /(?<keep>\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s:/@]{0,64}:)[^\s@/]{1,256}(?=@)/gi },
  // A token alone before the host, as git remotes have it.
  { signs: ["://"], shape: /(?<keep>:\/\/)[A-Za-z0-9_.~-]{20,256}(?=@)/g },
  {
    signs: ["authorization", "bearer"],
    shape:
      /(?<keep>\b(?:authorization|bearer)["']?[:\s]\s{0,4}["']?(?:bearer\s|basic\s)?)[A-Za-z0-9._~+/=-]{16,}/gi,
  },
  {
    signs: ["x-api-key", "x-vault-token", "private-token", "x-auth-token"],
    shape:
      /(?<keep>\b(?:x-api-key|x-vault-token|private-token|x-auth-token)["']?:\s{0,4}["']?)[^\s"',]{8,512}/gi,
  },
  { signs: ["gh"], shape: /\bgh[pousr]_[A-Za-z0-9]{20,}\b/g },
  { signs: ["github_pat_"], shape: /\bgithub_pat_[A-Za-z0-9_]{22,}/g },
  { signs: ["gl"], shape: /\bgl(?:pat|dt|rt|cbt|ptt|ft|soat|agent|imt|oas)-[A-Za-z0-9_-]{20,}/g },
  { signs: ["npm_"], shape: /\bnpm_[A-Za-z0-9]{30,}/g },
  { signs: ["pypi-"], shape: /\bpypi-[A-Za-z0-9_-]{50,}/g },
  { signs: ["k_live_", "k_test_"], shape: /\b[rsp]k_(?:live|test)_[A-Za-z0-9]{16,}/g },
  { signs: ["whsec_"], shape: /\bwhsec_[A-Za-z0-9+/=]{20,}/g },
  { signs: ["aiza"], shape: /\bAIza[A-Za-z0-9_-]{35}/g },
  { signs: ["ya29."], shape: /\bya29\.[A-Za-z0-9_-]{20,}/g },
  { signs: ["gocspx-"], shape: /\bGOCSPX-[A-Za-z0-9_-]{20,}/g },
  { signs: ["xox"], shape: /\bxox[abeoprs]-[A-Za-z0-9-]{10,}/g },
  {
    signs: ["hooks.slack.com"],
    shape: /(?<keep>hooks\.slack\.com\/(?:services|workflows)\/)[A-Za-z0-9/_-]{16,}/g,
  },
  { signs: ["sg."], shape: /\bSG\.[A-Za-z0-9_-]{16,64}\.[A-Za-z0-9_-]{16,}/g },
  { signs: ["hvs.", "hvb."], shape: /\bhv[sb]\.[A-Za-z0-9_-]{20,}/g },
  { signs: [".atlasv1."], shape: /(?<keep>\.atlasv1\.)[A-Za-z0-9_-]{40,}/g },
  { signs: ["dckr_pat_"], shape: /\bdckr_pat_[A-Za-z0-9_-]{20,}/g },
  { signs: ["sk-"], shape: /\bsk-(?:ant-|proj-)?[A-Za-z0-9_-]{32,}/g },
  // A run of its letters begins once: what stands before it must be no such letter.
  {
    signs: ["eyj"],
    shape: /(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}/g,
  },
  {
    signs: ["private key"],
    shape:
      /-----BEGIN [A-Z ]{0,20}PRIVATE KEY(?: BLOCK)?-----[^-]{0,10000}(?:-----END [A-Z ]{0,20}PRIVATE KEY(?: BLOCK)?-----)?/g,
  },
  {
    signs: ["x-amz-", "signature=", "sig=", "sharedaccesssignature="],
    shape:
      /(?<keep>(?:[?&;]|%26)(?:x-amz-(?:signature|security-token|credential)|signature|sig)(?:=|%3d))[^&\s"'<>\\]{8,}/gi,
  },
  // `Password=…;` of a connection string, `--password=…` of a command line.
  {
    signs: secretNameSigns,
    shape: new RegExp(
      `(?<keep>(?<![a-z0-9])(?:[a-z0-9]{1,20}_){0,3}${secretNames}=)(?![("'$<])[^\\s;"'&,<>]{4,256}`,
      "gi",
    ),
  },
  // `"password": "…"` and `password = "…"`, where it is no reference and no template.
  {
    signs: secretNameSigns,
    shape: new RegExp(
      `(?<keep>(?<![a-z0-9])(?:[a-z0-9]{1,20}_){0,3}${secretNames}\\\\?["']?\\s{0,8}[=:]\\s{0,8}\\\\?")(?![("$])[^"\\s\\\\]{4,256}(?=\\\\?")`,
      "gi",
    ),
  },
];

/** The text with everything that has the shape of a credential replaced. */
export function withoutCredentials(text: string, replacement: string): string {
  const lower = text.toLowerCase();
  let output = text;
  for (const { signs, shape } of credentialPatterns)
    if (signs.some((sign) => lower.includes(sign)))
      output = output.replace(shape, (...match: readonly unknown[]) => `${kept(match)}${replacement}`);
  return output;
}

function kept(match: readonly unknown[]): string {
  const groups = match.at(-1);
  const keep = typeof groups === "object" && groups !== null && "keep" in groups ? groups.keep : undefined;
  return typeof keep === "string" ? keep : "";
}
