import { describe, expect, it } from "vitest";
import { AideError } from "@aide-ts/plugin";
import { secretsOf } from "../../run/src/host/secrets.ts";
import { readAddress, type AddressFlags } from "../src/address.ts";

const read = (flags: Partial<AddressFlags>, env: Readonly<Record<string, string>> = {}) => {
  const secrets = secretsOf(env);
  try {
    const address = readAddress(
      { host: undefined, port: undefined, keyVariable: undefined, ...flags },
      { env, secrets },
    );
    return { address, secrets };
  } catch (error) {
    if (!AideError.is(error)) throw error;
    return { code: error.code, fix: error.fix, secrets };
  }
};

describe("where a server listens", () => {
  it("is this machine alone, unless configured otherwise", () => {
    expect(read({}).address).toEqual({ host: "127.0.0.1", port: 8642, key: undefined });
    for (const host of ["localhost", "::1", "127.9.9.9"]) expect(read({ host }).address?.host).toBe(host);
  });

  it("is elsewhere only with a key, which becomes a secret", () => {
    for (const host of ["0.0.0.0", "::", "192.168.1.2", "example.com", "127.evil.example", ""])
      expect(read({ host })).toMatchObject({ code: "AIDE_SERVE_EXPOSED", fix: expect.stringContaining("--key") });
    const { address, secrets } = read({ host: "0.0.0.0", keyVariable: "MINE" }, { MINE: " correct horse " });
    expect(address).toEqual({ host: "0.0.0.0", port: 8642, key: "correct horse" });
    expect(secrets.mask("is correct horse")).toBe("is ***");
  });

  it("wants a variable that holds a key", () => {
    for (const env of [{}, { MINE: "" }, { MINE: "   " }, { MINE: "short" }])
      expect(read({ keyVariable: "MINE" }, env)).toMatchObject({
        code: "AIDE_SERVE_KEY_MISSING",
        fix: expect.stringContaining("export MINE="),
      });
  });

  it("has a port", () => {
    expect([read({ port: "0" }).address?.port, read({ port: "65535" }).address?.port]).toEqual([0, 65_535]);
    for (const port of ["65536", "-1", "http", "", "1.5", "0x1"]) expect(read({ port }).code).toBe("AIDE_ARGUMENT");
  });
});
