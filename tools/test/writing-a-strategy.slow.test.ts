import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { eventsIn, linesOf } from "@aide-ts/testing";
import { beforeAll, describe, expect, it } from "vitest";
import { aide, block, broken, fixtures, ownEnv, runFolder, smallTask } from "../../packages/cli/test/aide.ts";
import { strictly } from "../docs/check-types.ts";

const repository = fileURLToPath(new URL("../../", import.meta.url));
const document = readFileSync(join(repository, "docs/writing-a-strategy.md"), "utf8");

/** The document's blocks that are files, by name. */
const files = new Map(
  [...document.matchAll(/^(`{3,})\w+ (\S+)\n([\s\S]*?)^\1$/gm)].map(([, , name = "", text = ""]) => [name, text]),
);
const fileNamed = (name: string): string => {
  const text = files.get(name);
  if (text === undefined) throw new Error(`The document has no file ${name}.`);
  return text;
};

/** What the reader has installed. */
const installed: Readonly<Record<string, string>> = {
  "@aide-ts/plugin": "packages/plugin",
  "@aide-ts/testing": "packages/testing",
  zod: "packages/run/node_modules/zod",
  vitest: "node_modules/vitest",
  "@types/node": "node_modules/@types/node",
};

/** A reader's folder, with what the document has had them write and install. */
const readersFolder = (names: Iterable<string> = files.keys()): string => {
  const root = mkdtempSync(join(tmpdir(), "aide-author-"));
  for (const name of names) writeFileSync(join(root, name), fileNamed(name));
  for (const scope of ["@aide-ts", "@types"]) mkdirSync(join(root, "node_modules", scope), { recursive: true });
  for (const [name, folder] of Object.entries(installed))
    symlinkSync(join(repository, folder), join(root, "node_modules", name));
  smallTask(root);
  return root;
};

interface Ended {
  readonly code: number;
  readonly output: string;
}

const node = (args: readonly string[], cwd: string): Promise<Ended> =>
  new Promise((resolve) => {
    execFile(process.execPath, [...args], { cwd, env: ownEnv }, (error, out, err) =>
      resolve({ code: error === null ? 0 : 1, output: `${out}${err}` }),
    );
  });

const slow = "import time\ntime.sleep(60)";
const quick = `
import csv
rows = list(csv.reader(open("./input/test.csv")))[1:]
with open("./submission/submission.csv", "w") as file:
    csv.writer(file).writerows([["id", "y"]] + [[row[0], 1] for row in rows])
`;

describe("docs/writing-a-strategy.md", { timeout: 200_000 }, () => {
  let root = "";
  beforeAll(() => {
    root = readersFolder();
  });

  it("shows a strategy of twenty lines", () => {
    expect(
      fileNamed("in-time.ts")
        .split("\n")
        .filter((line) => line !== "").length,
    ).toBe(20);
  });

  it("has it drawn by aide explain, as its config names it", async () => {
    const { code, out, err } = await aide(["explain"], root);
    expect(err).toBe("");
    expect(code).toBe(0);
    expect(out).toMatch(/^└─ in-time +0 +1–3 times +every step$/m);
  });

  it("has it run as its config says: what ran out of time is written again", async () => {
    const keys = ["budget.steps=1", "exec.timeout=4", "rehearse=false", "data_dir=data", "eval=RMSE", "goal=Predict y"];
    const answers = [slow, quick].map(block);
    const backend = [
      `backend.use=${join(fixtures, "scripted-plugin.mjs")}`,
      `backend.answers=${JSON.stringify(answers)}`,
    ];
    const { code, out, err } = await aide(["run", ...keys, ...backend], root);
    expect(err).toBe("");
    expect(code, out).toBe(0);
    const log = join(runFolder(root), "events.jsonl");
    const outcome = eventsIn(log).find((event) => event.type === "told");
    expect(outcome?.outcome.notes).toHaveProperty(["in-time"], [{ inTime: true }]);
    const asked = linesOf(log).filter((line) => line.includes('"kind":"generate"') && line.includes("## Running time"));
    expect(asked).toHaveLength(1);
  });

  it("has it leave alone what fails for another reason", async () => {
    const keys = ["budget.steps=1", "exec.timeout=4", "rehearse=false", "data_dir=data", "eval=RMSE", "goal=Predict y"];
    const backend = [
      `backend.use=${join(fixtures, "scripted-plugin.mjs")}`,
      `backend.answers=${JSON.stringify([block(broken)])}`,
    ];
    await aide(["run", "exp_name=broken", ...keys, ...backend], root);
    expect(readFileSync(join(runFolder(root, 1), "events.jsonl"), "utf8")).not.toContain("Running time");
  });

  it("has it pass the conformance kit, by the test that it shows", async () => {
    const condition = "--conditions=@aide-ts/source";
    writeFileSync(
      join(root, "vitest.config.ts"),
      `export default { resolve: { conditions: ["@aide-ts/source"] }, ssr: { resolve: { conditions: ["@aide-ts/source"], externalConditions: ["@aide-ts/source"] } }, test: { execArgv: ["${condition}"] } };`,
    );
    const vitest = join(repository, "node_modules/vitest/vitest.mjs");
    const { code, output } = await node([condition, vitest, "run", "--reporter=verbose", "--root", root], root);
    expect(code, output).toBe(0);
    for (const name of ["in-time", "what-takes-long"]) expect(output).toContain(`strategy ${name}`);
  });

  it("shows code that type-checks strictly", async () => {
    const include = [...files.keys()].filter((name) => name.endsWith(".ts"));
    writeFileSync(join(root, "tsconfig.json"), JSON.stringify({ compilerOptions: strictly, include }));
    const { code, output } = await node([join(repository, "node_modules/typescript/bin/tsc"), "-p", root], root);
    expect(output).toBe("");
    expect(code).toBe(0);
  });

  it("builds it with the command that it shows", async () => {
    const [program, ...args] = String(JSON.parse(fileNamed("package.json")).scripts.build).split(" ");
    expect(program).toBe("tsc");
    // The reader has the packages' types; here are their sources.
    const sources = ["--noEmit", "--allowImportingTsExtensions", "--customConditions", "@aide-ts/source"];
    const { code, output } = await node(
      [join(repository, "node_modules/typescript/bin/tsc"), ...args, ...sources],
      root,
    );
    expect(output).toBe("");
    expect(code).toBe(0);
  });

  it("has it found by its short name once it is installed", async () => {
    const manifest = fileNamed("package.json");
    const { name, files: packed } = JSON.parse(manifest);
    // A folder of its own: inside a package of that name, the name means the package itself.
    const user = readersFolder(["aide.config.yaml"]);
    const folder = join(user, "node_modules", name);
    mkdirSync(join(folder, "dist"), { recursive: true });
    writeFileSync(join(folder, "package.json"), manifest);
    writeFileSync(join(folder, "dist/in-time.js"), stripTypeScriptTypes(fileNamed("in-time.ts")));
    expect(packed).toEqual(["dist"]);
    const strategies = 'strategies=[{"use":"in-time","tries":4}]';
    const { code, out, err } = await aide(["explain", strategies], user);
    expect(err).toBe("");
    expect(code).toBe(0);
    expect(out).toMatch(/└─ in-time +0 +1–5 times/);
  });
});
