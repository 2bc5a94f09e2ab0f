import { randomBytes } from "node:crypto";

/** Secrets that only the leak test knows, each on its own way in. */
export interface Canaries {
  /** A sensitive variable, from faber.yaml. */
  readonly variable: string;
  /** A sensitive variable, from `TF_VAR_…`. */
  readonly number: string;
  /** Of several lines, from a variable file. */
  readonly lines: string;
  /** A credential of the environment. */
  readonly credential: string;
}

/** New ones for each test, with everything in them that JSON, HTML, URLs and shells write in another way. */
export function newCanaries(): Canaries {
  const part = (): string => randomBytes(9).toString("hex");
  return {
    variable: `canary-${part()}"<&>'\\+/ ä%${part()}`,
    number: String(randomBytes(6).readUIntBE(0, 6) + 10 ** 14),
    lines: `first-${part()}\nsecond-${part()}\nthird-${part()}`,
    credential: `canary/${randomBytes(24).toString("base64url")}+x`,
  };
}

/** A root without a cloud in which the canaries try every way out: an output, a provisioner, a message, a hook. */
export function leakTestFiles(canaries: Canaries): Readonly<Record<string, string>> {
  const hook = [
    "sh",
    "-c",
    'say() { printf "%s\\n" "$LEAK_TEST_VARIABLE" "$LEAK_TEST_TOKEN" "$LEAK_TEST_LINES"; }; say; say >&2',
  ];
  const variables = (more: object): object => ({
    variables: { password: canaries.variable, ...more },
    var_files: ["lines.tfvars.json"],
  });
  const settings = {
    project: "leak-test",
    environments: {
      good: variables({}),
      printed: variables({ fail: true }),
      refused: variables({ refuse: true }),
    },
    hooks: { pre_plan: [{ command: hook, on_failure: "warn" }], post_deploy: [{ command: hook }] },
  };
  return {
    "faber.json": JSON.stringify(settings, undefined, 2),
    "lines.tfvars.json": JSON.stringify({ lines: canaries.lines }),
    "main.tf": main,
  };
}

/** Variables that the runs get on top of the user's own. */
export function leakTestVariables(canaries: Canaries): Readonly<Record<string, string>> {
  return {
    LEAK_TEST_VARIABLE: canaries.variable,
    LEAK_TEST_TOKEN: canaries.credential,
    LEAK_TEST_LINES: canaries.lines,
    AWS_SECRET_ACCESS_KEY: canaries.credential,
    TF_VAR_number: canaries.number,
  };
}

const main = `variable "password" {
  type      = string
  sensitive = true
}

variable "number" {
  type      = number
  sensitive = true
}

variable "lines" {
  type      = string
  sensitive = true
}

variable "fail" {
  type    = bool
  default = false
}

variable "refuse" {
  type    = bool
  default = false
}

resource "terraform_data" "account" {
  input = { password = var.password, number = var.number, lines = var.lines, encoded = base64encode("user:\${var.password}") }

  lifecycle {
    precondition {
      condition     = !var.refuse
      error_message = "Refused for \${nonsensitive(var.password)} and \${jsonencode({ again = nonsensitive(var.password) })}."
    }
  }
}

resource "terraform_data" "told" {
  input = var.fail

  provisioner "local-exec" {
    command     = "echo \\"connecting with $PASSWORD $LINES $NUMBER \${base64encode("x:\${nonsensitive(var.password)}")} \${urlencode(nonsensitive(var.password))}\\"; ! $FAIL"
    environment = { PASSWORD = nonsensitive(var.password), LINES = nonsensitive(var.lines), NUMBER = nonsensitive(var.number), FAIL = var.fail }
  }
}

output "password" {
  value     = terraform_data.account.output.password
  sensitive = true
}
`;
