/** Names that say that the value is secret, whatever it looks like. */
const certainName =
  /(?:^|_)(?:SECRET|PASSWORD|PASSWD|PASSPHRASE|TOKEN|CREDENTIALS?|API_?KEY|ACCESS_KEY|PRIVATE_KEY|SECRET_KEY|ENCRYPTION_KEY)(?:_[0-9]+)?$|PASSWORD$|^PGPASS/i;
/** Names that may say so: the value has to look like it as well. */
const possibleName = /(?:^|_)(?:KEY|PAT|AUTH|PASS|PWD|SECRET|TOKEN|PASSWORD|CREDENTIALS?)(?:_|$)/i;
/** An identifier, a place or a kind is no secret. */
const harmlessName =
  /(?:^|_)(?:ID|NAME|FILE|PATH|DIR|SOCK|URL|URI|ARN|TYPE|HOST|PORT|REGION|EXPIRATION|EXPIRES|TTL)$|^(?:OLD)?PWD$/i;

const shortestCertain = 6;
const shortestPossible = 16;
/** Bits a character; ordinary words and identifiers have less. */
const leastEntropy = 3;

/**
 * The values of an environment that are secret: by the name of their variable, where the value is no ordinary word,
 * or as a password in an address. `TF_VAR_…` is judged by the name of the Terraform variable.
 */
export function secretsInEnvironment(env: Readonly<Record<string, string | undefined>>): readonly string[] {
  return Object.entries(env).flatMap(([name, value]) => {
    if (value === undefined || value === "") return [];
    const own = name.replace(/^TF_VAR_/, "");
    return [...passwordsInAddresses(value), ...(isSecret(own, value) ? [value, value.trim()] : [])];
  });
}

/** Whether a name alone says that its value is secret: a variable, a backend setting, a header. */
export function soundsSecret(name: string): boolean {
  return (certainName.test(name) || /authorization|cookie/i.test(name)) && !harmlessName.test(name);
}

function isSecret(name: string, value: string): boolean {
  if (harmlessName.test(name) || isOrdinary(value)) return false;
  if (certainName.test(name)) return value.length >= shortestCertain;
  return possibleName.test(name) && value.length >= shortestPossible && entropyOf(value) >= leastEntropy;
}

/** Words, small numbers, switches and paths would be missed in every other sentence. */
function isOrdinary(value: string): boolean {
  if (/^[a-z]{1,11}$/i.test(value) || /^[0-9]{1,5}$/.test(value)) return true;
  return /^(?:~|\.{1,2})?\/[\w./ -]*$/.test(value) && value.split("/").every((part) => entropyOf(part) < 4);
}

function passwordsInAddresses(value: string): readonly string[] {
  if (!value.includes("://")) return [];
  return [...value.matchAll(/\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s:/@]{0,64}:([^\s@/]{4,256})@/gi)].flatMap(
    ([, password]) => (password === undefined ? [] : [password, decoded(password)]),
  );
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (error instanceof URIError) return text; // A password that only looks escaped.
    throw error;
  }
}

/** Shannon's entropy in bits a character. */
function entropyOf(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  const length = [...counts.values()].reduce((sum, count) => sum + count, 0);
  return [...counts.values()].reduce((sum, count) => sum - (count / length) * Math.log2(count / length), 0);
}
