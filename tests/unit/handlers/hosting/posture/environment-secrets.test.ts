import { describe, expect, it } from "vitest";
import { entropyOf, plainSecrets } from "../../../../../handlers/hosting/posture/environment-secrets.ts";

const names = (variables: Record<string, string>): readonly string[] =>
  plainSecrets(variables).map(({ name, sure }) => `${name}${sure ? "!" : ""}`);
// Put together here, so that no scanner of this repository takes it for a real one.
const key = ["AKIA", "Q3EXAMPLE7ABCDEFG"].join("").slice(0, 20);

describe("secrets in the clear", () => {
  it("knows the forms of credentials under any name", () => {
    expect(
      names({
        A: key,
        B: "postgres://app:hunter22@db.internal:5432/orders",
        C: ["-----BEGIN RSA", "PRIVATE KEY-----"].join(" "),
        D: `ghp_${"a1B2c3D4e5".repeat(4)}`,
      }),
    ).toEqual(["A!", "B!", "C!", "D!"]);
  });

  it("knows random values under telling names", () => {
    expect(
      names({ DB_PASSWORD: "x9$Kq2!vLp", dbPassword: "Zk3mQ8pT1w", API_TOKEN_2: "q7Wm2Zr9Xt4b" }),
    ).toEqual(["DB_PASSWORD", "dbPassword", "API_TOKEN_2"]);
  });

  it("leaves alone what only says where the secret is, and what is none", () => {
    expect(
      names({
        DB_PASSWORD: "arn:aws:secretsmanager:us-east-1:1:secret:db",
        API_KEY: "/orders/api-key",
        TOKEN: "true",
        SECRET_NAME: "orders-database-credentials",
        PASSWORD_LENGTH: "24",
        TOKEN_URL: "https://login.example.com/oauth2/token",
        AUTH_SECRET: "aaaaaaaaaaaa",
        SECRET: "short",
        QUEUE_URL: "https://sqs.us-east-1.amazonaws.com/123456789012/orders",
        COMMIT: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b",
        PASS_THROUGH: "x9$Kq2!vLp",
      }),
    ).toEqual([]);
  });

  it("never carries a value on", () => {
    const secret = "x9$Kq2!vLp";
    expect(JSON.stringify(plainSecrets({ DB_PASSWORD: secret, A: key }))).not.toMatch(/x9\$Kq2|AKIA/);
  });

  it("measures randomness in bits a character", () => {
    expect([entropyOf("aaaa"), entropyOf("abcd"), entropyOf("")]).toEqual([0, 2, 0]);
  });
});
