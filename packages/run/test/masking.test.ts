import { readFileSync } from "node:fs";
import { freshLog } from "@aide-ts/testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { EventLog } from "@aide-ts/core";
import { isSecretName, Secrets, secretValues } from "../src/host/secrets.ts";

describe("secrets", () => {
  it.each(["OPENAI_API_KEY", "apiKey", "HF_TOKEN", "AWS_SECRET_ACCESS_KEY", "db_password", "clientSecret"])(
    "are the values of names like %s",
    (name) => expect(isSecretName(name)).toBe(true),
  );

  it.each(["tokens", "maxTokens", "PATH", "monkey", "keyboard", "budget.tokens", "HOME"])(
    "are not those of %s",
    (name) => expect(isSecretName(name)).toBe(false),
  );

  it("are found anywhere in a config", () => {
    expect(secretValues({ backend: { use: "x", apiKey: "sk-123456" }, list: [{ token: "t" }], maxTokens: 9 })).toEqual([
      "sk-123456",
      "t",
    ]);
  });

  it("never stand in a masked text, in JSON neither", () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.string({ minLength: 8, maxLength: 30 }).filter((value) => !value.includes("*")),
          { minLength: 1, maxLength: 4 },
        ),
        fc.array(fc.string()),
        (values, around) => {
          const secrets = new Secrets();
          secrets.learn(values);
          const text = around.flatMap((part, at) => [part, values[at % values.length]!]).join("");
          const masked = secrets.mask(text);
          const json = secrets.mask(JSON.stringify({ text }));
          for (const value of values) {
            expect(masked).not.toContain(value);
            expect(json).not.toContain(JSON.stringify(value).slice(1, -1));
          }
        },
      ),
    );
  });

  it("that are short are left: they stand in innocent text", () => {
    const secrets = new Secrets();
    secrets.learn(["abc"]);
    expect(secrets.mask("abc")).toBe("abc");
  });

  it("are used masked where they are logged masked", () => {
    const file = freshLog();
    const secrets = new Secrets();
    secrets.learn(['sk-"quoted"-1']);
    const { log } = EventLog.open(file, secrets.mask);
    const value = { text: 'the key is sk-"quoted"-1' };
    const kept = log.asLogged(value);
    log.append({ type: "effect-ended", at: 0, place: "0-0", value });
    expect(kept).toEqual({ text: "the key is ***" });
    expect(JSON.parse(readFileSync(file, "utf8")).value).toEqual(kept);
  });
});
