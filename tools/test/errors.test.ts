import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { collectErrors } from "../errors/collect.ts";
import { renderPage } from "../errors/page.ts";

const errors = collectErrors(fileURLToPath(new URL("../../", import.meta.url)));

describe("docs/errors.md", () => {
  it("is what `npm run docs:errors` makes of the sources", async () => {
    await expect(renderPage(errors)).toMatchFileSnapshot("../../docs/errors.md");
  });

  it("gives each code one fault", () => {
    const faults = Map.groupBy(errors, ({ code }) => code);
    const several = [...faults].filter(([, all]) => new Set(all.map(({ fault }) => fault)).size > 1);
    expect(several.map(([code]) => code)).toEqual([]);
  });

  it("has whole sentences and a fix for each", () => {
    for (const { code, messages, fixes } of errors) {
      for (const message of messages) expect(message, code).toMatch(/[.?…]$/);
      expect(fixes.length, code).toBeGreaterThan(0);
      for (const fix of fixes) expect(fix, code).toMatch(/\w/);
    }
  });
});

/** What is collected of a package that holds this one file. */
const collected = (...files: readonly string[]) => {
  const root = mkdtempSync(join(tmpdir(), "aide-errors-"));
  const folder = join(root, "packages/one/src");
  mkdirSync(folder, { recursive: true });
  for (const [at, text] of files.entries()) writeFileSync(join(folder, `file-${at}.ts`), text);
  return collectErrors(root);
};

const texts = `message: "It is.", fix: "Fix it.", fault: "user"`;
const known = { package: "one", fault: "user", messages: ["It is."], fixes: ["Fix it."] };

describe("the collector of errors", () => {
  it("reads what is conditional with the same condition together", () => {
    const found = collected(
      `const fail = (full: boolean, name: string) =>
         new AideError({
           code: full ? "AIDE_FULL" : "AIDE_SHUT",
           message: full ? "It is full." : \`It is \${name}.\`,
           fix: full ? "Free some." : "Open it.",
           fault: "user",
         });`,
    );
    expect(found).toEqual([
      { ...known, code: "AIDE_FULL", messages: ["It is full."], fixes: ["Free some."] },
      { ...known, code: "AIDE_SHUT", messages: ["It is …."], fixes: ["Open it."] },
    ]);
  });

  it("follows arguments, constants and functions, across files", () => {
    const found = collected(
      `const what = "AIDE_FIRST";
       const advice = (many: boolean) => { if (many) return "Name one."; return "Make one."; };
       export const problem = (code: string, message: string, fix: string) => new AideError({ code, message, fix, fault: "user" });
       throw problem(what, "It is one.", advice(true));`,
      `import { problem as fail } from "./file-0.ts";
       fail("AIDE_SECOND", "It is two.", "Fix both.");`,
    );
    expect(found).toEqual([
      { ...known, code: "AIDE_FIRST", messages: ["It is one."], fixes: ["Name one.", "Make one."] },
      { ...known, code: "AIDE_SECOND", messages: ["It is two."], fixes: ["Fix both."] },
    ]);
  });

  it("passes over codes that are compared, passed on or described", () => {
    const found = collected(
      `new AideError({ code: "AIDE_MADE", ${texts} });
       /** Throws AIDE_DESCRIBED. */
       if (error.code === "AIDE_ELSEWHERE") throw new AideError({ ...error, code: isCode(error.code) ? error.code : other() });
       const other = () => "AIDE_MADE";
       const marker = "AIDE_VARIABLE";
       const schema = z.object({ code: z.string(), message: z.string(), fix: z.string(), fault: z.enum(faults) });`,
    );
    expect(found).toEqual([{ ...known, code: "AIDE_MADE" }]);
  });

  it.each([
    ["without a fix", `new AideError({ code: "AIDE_ODD", message: "It is.", fault: "user" })`],
    [
      "with a fix from elsewhere",
      `new AideError({ code: "AIDE_ODD", message: "It is.", fix: error.fix, fault: "user" })`,
    ],
    ["with a fault from elsewhere", `new AideError({ ...error, code: "AIDE_ODD" })`],
    ["with a code that is put together", `new AideError({ code: \`AIDE_\${kind}\`, ${texts} })`],
    ["through a function of another package", `import { fail } from "other"; fail("AIDE_ODD", "It is.", "Fix it.")`],
    ["handed out by a function", `const codeOf = () => "AIDE_ODD"`],
    ["printed in another form", `console.error("AIDE_ODD is bad")`],
  ])("refuses a code %s", (_, text) => {
    expect(() => collected(text)).toThrow(/file-0\.ts:1/);
  });
});
