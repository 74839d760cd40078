import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { serverUrl } from "../src/protocol/address.ts";

describe("the address", () => {
  it.each([
    [undefined, "http://127.0.0.1:11434"],
    ["", "http://127.0.0.1:11434"],
    ["  ", "http://127.0.0.1:11434"],
    ["example.com", "http://example.com:11434"],
    ["example.com:1234", "http://example.com:1234"],
    [":1234", "http://127.0.0.1:1234"],
    ["http://example.com", "http://example.com"],
    ["https://example.com", "https://example.com"],
    ["http://example.com:1234", "http://example.com:1234"],
    ["https://example.com:1234/", "https://example.com:1234"],
    ["https://example.com/ollama/", "https://example.com/ollama"],
    ["0.0.0.0", "http://127.0.0.1:11434"],
    ["0.0.0.0:1234", "http://127.0.0.1:1234"],
    ["[::]:1234", "http://[::1]:1234"],
    ["::1", "http://[::1]:11434"],
    ["[::1]", "http://[::1]:11434"],
    ['"example.com"', "http://example.com:11434"],
    ["ollama.com", "https://ollama.com"],
  ])("%s is %s, as Ollama reads it", (given, url) => {
    expect(serverUrl(given)).toBe(url);
  });

  it.each(["ftp://example.com", "http://", "exa mple", "http://host:99999"])("%s is none, or the default", (given) => {
    if (given === "http://") expect(serverUrl(given)).toBe("http://127.0.0.1");
    else expect(() => serverUrl(given)).toThrow(expect.objectContaining({ code: "AIDE_BACKEND_URL" }));
  });

  it("is a URL or a typed error, whatever is given", () => {
    fc.assert(
      fc.property(fc.string(), (given) => {
        try {
          expect(URL.canParse(serverUrl(given))).toBe(true);
        } catch (error) {
          expect(error).toMatchObject({ code: "AIDE_BACKEND_URL" });
        }
      }),
    );
  });
});
