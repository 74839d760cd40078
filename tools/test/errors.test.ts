import { mkdirSync, mkdtempSync, readFileSync, globSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { collectErrors, errorFiles } from "../errors/collect.ts";
import { renderPage } from "../errors/page.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const errors = await collectErrors(root);

describe("docs/errors.md", () => {
  it("is what `npm run docs:errors` makes of the constructors", async () => {
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

const sources = globSync("packages/*/src/**/*.ts", { cwd: root })
  .map((path) => path.replaceAll("\\", "/"))
  .filter((path) => !/^packages\/(plugin|testing)\//.test(path));

/** Where an error is made again of what a log or another process says of one. */
const restored = ["packages/core/src/engine/effects.ts", "packages/backend-llamacpp/src/protocol/model-process.ts"];

describe("an error", () => {
  it("is made in its package's errors.ts alone", () => {
    const made = sources.filter((path) => readFileSync(join(root, path), "utf8").includes("new AideError("));
    expect(made.filter((path) => !errorFiles(root).includes(path) && !restored.includes(path))).toEqual([]);
  });

  it("that the sources speak of is one that can be made", () => {
    // Variables: the folder of an execution, the folders of tasks.
    const known = new Set([...errors.map(({ code }) => code), "AIDE_EXECUTION", "AIDE_TASKS", "AIDE_TASK_LABELS"]);
    const unknown = sources.flatMap((path) =>
      (readFileSync(join(root, path), "utf8").match(/(?<=["'`]|@throws.*)AIDE_[A-Z0-9_]+(?=["'`,. ]|$)/gm) ?? [])
        .filter((code) => !known.has(code))
        .map((code) => `${path}: ${code}`),
    );
    expect(unknown).toEqual([]);
  });
});

/** What is collected of a package with this errors.ts. */
const collected = (text: string) => {
  const folder = mkdtempSync(join(tmpdir(), "aide-errors-"));
  mkdirSync(join(folder, "packages/one/src"), { recursive: true });
  const contract = join(root, "packages/plugin/src/index.ts");
  writeFileSync(
    join(folder, "packages/one/src/errors.ts"),
    `import { AideError } from ${JSON.stringify(contract)};\n${text}`,
  );
  return collectErrors(folder);
};

describe("the list of errors", () => {
  it("shows a wording for each way in which a constructor words it", async () => {
    const found = await collected(
      `export const full = (name, meant) =>
         new AideError({
           code: "AIDE_FULL",
           message: \`\${name} is full\${meant === undefined ? "." : \`: did you mean \${meant}?\`}\`,
           fix: "Set full=false.",
           fault: "user",
         });
       export const shut = (names, many) =>
         new AideError({
           code: "AIDE_SHUT",
           message: "It is shut.",
           fix: many === false ? "Leave it." : names.length === 0 ? "Open it." : \`Open one of \${names.slice(0, 2).join(", ")}.\`,
           fault: "user",
         });`,
    );
    const shared = { package: "one", fault: "user" };
    expect(found).toEqual([
      {
        ...shared,
        code: "AIDE_FULL",
        messages: ["… is full: did you mean …?", "… is full."],
        fixes: ["Set full=false."],
      },
      { ...shared, code: "AIDE_SHUT", messages: ["It is shut."], fixes: ["Open one of ….", "Open it.", "Leave it."] },
    ]);
  });

  it.each([
    ["makes no error", "export const odd = () => undefined;"],
    ["throws", 'export const odd = (name) => { throw new Error("no"); };'],
    ["is no function", "export const odd = 7;"],
  ])("refuses an export that %s", async (_, text) => {
    await expect(collected(text)).rejects.toThrow(/packages\/one\/src\/errors\.ts: odd/);
  });
});
