import { execFile } from "node:child_process";
import {
  chmodSync,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { bin, block, fixtures, ownEnv } from "../../packages/cli/test/aide.ts";
import { blocksFolder, blocksOf, type Block } from "../docs/blocks.ts";
import { repository } from "../docs/places.ts";

/** Predicts the value in the middle of each target, of any table. */
const middle = `
import pandas as pd
train = pd.read_csv("./input/train.csv")
test = pd.read_csv("./input/test.csv")
submission = test.iloc[:, :1].copy()
for target in train.columns.difference(test.columns, sort=False):
    submission[target] = train[target].sort_values().iloc[len(train) // 2]
submission.to_csv("./submission/submission.csv", index=False)`;

const backend = { use: join(fixtures, "scripted-plugin.mjs"), answers: [block(middle)] };

/** \`npx\` and \`npm\` of a reader who has installed what a page says, with a model that always gives the same answer. */
const stand = (root: string): void => {
  mkdirSync(join(root, "bin"));
  const program = (name: string, text: string): void => {
    writeFileSync(join(root, "bin", `${name}.mjs`), `${text}\nprocess.exit(ran.status ?? 1);\n`);
    writeFileSync(join(root, "bin", name), `#!/bin/sh\nexec "${process.execPath}" "${root}/bin/${name}.mjs" "$@"\n`);
    chmodSync(join(root, "bin", name), 0o755);
  };
  const yaml = JSON.stringify(import.meta.resolve("yaml"));
  program(
    "npx",
    `import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { parse, stringify } from ${yaml};
const [, , , ...args] = process.argv;
const backend = ${JSON.stringify(backend)};
if (args[0] === "ablate") {
  const plan = parse(readFileSync(args[1], "utf8"));
  writeFileSync(args[1], stringify({ ...plan, base: { ...plan.base, backend } }));
}
const starts = args[0] === "run" || args[0]?.includes("=");
const ran = spawnSync(process.execPath, [${JSON.stringify(bin)}, ...args, ...(starts ? ["backend=" + JSON.stringify(backend)] : [])], { stdio: "inherit" });`,
  );
  program(
    "npm",
    `import { spawnSync } from "node:child_process";
const [, , action, name, ...args] = process.argv;
const node = (...words) => spawnSync(process.execPath, words, { stdio: "inherit" });
const ran =
  action === "create" ? node("--conditions=@aide-ts/source", ${JSON.stringify(join(repository, "packages/create-aide-plugin/src/main.ts"))}, ...args.slice(1))
  : action === "run" && name === "build" ? node(${JSON.stringify(join(repository, "node_modules/typescript/bin/tsc"))}, "-p", "tsconfig.build.json", "--customConditions", "@aide-ts/source", "--noCheck")
  : { status: action === "install" ? 0 : 1 };`,
  );
  for (const [name, path] of [
    ["@aide-ts/plugin", "packages/plugin"],
    ["zod", "packages/run/node_modules/zod"],
    ["@types/node", "node_modules/@types/node"],
  ] as const) {
    mkdirSync(dirname(join(root, "node_modules", name)), { recursive: true });
    symlinkSync(join(repository, path), join(root, "node_modules", name));
  }
};

interface Followed {
  /** The folder that the commands ended in. */
  readonly folder: string;
  readonly printed: string;
}

/** Does what a page says, in an empty folder: writes its files and runs its commands, in their order, but those about data of one's own. */
const follow = async (page: string): Promise<Followed> => {
  const root = mkdtempSync(join(tmpdir(), "aide-tutorial-"));
  stand(root);
  const env = {
    ...ownEnv,
    XDG_DATA_HOME: join(root, "share"),
    XDG_STATE_HOME: join(root, "state"),
    PATH: `${join(root, "bin")}:${process.env["PATH"]}`,
  };
  let folder = join(root, "work");
  mkdirSync(folder);
  let printed = "";
  for (const { language, file, text, info } of blocksOf(page)) {
    if (language === "yaml" && file !== undefined && !text.includes("my_data")) writeFileSync(join(folder, file), text);
    if (language !== "sh" || info === "yours") continue;
    const ended = await bash(`${text}\npwd > ${join(root, "pwd")}`, folder, env);
    printed += ended;
    folder = readFileSync(join(root, "pwd"), "utf8").trim();
  }
  return { folder, printed };
};

const bash = (script: string, cwd: string, env: NodeJS.ProcessEnv): Promise<string> =>
  new Promise((resolve, reject) => {
    execFile("bash", ["-e", "-c", script], { cwd, env, maxBuffer: 2 ** 24 }, (error, out, err) => {
      if (error === null) resolve(out);
      else reject(new Error(`${script}\n${out}${err}`));
    });
  });

const lines = (path: string): number => readFileSync(path, "utf8").trimEnd().split("\n").length;

describe("a tutorial does what it says:", { timeout: 600_000 }, () => {
  it("from a CSV file to a submission", async () => {
    const { folder, printed } = await follow("docs/tutorials/csv.md");
    expect(printed).toContain("held     292 of 1460 labelled rows, for the search score, at random");
    const [run = ""] = globSync("logs/0-*", { cwd: folder });
    for (const file of ["tree_plot.html", "report.md", "best_solution.py"])
      expect(existsSync(join(folder, run, file)), file).toBe(true);
    expect(lines(join(folder, run, "best_submission.csv"))).toBe(1460);
    expect(printed).toContain("8 solutions");
  });

  it("from a run to an ablation, its report and its capsule", async () => {
    const { folder, printed } = await follow("docs/tutorials/researcher.md");
    expect(printed).toContain("   every step   3–12 calls   6,144–24,576 tokens");
    expect(printed).toContain("reflection: 2 arms × 2 tasks × 2 seeds = 8 cells");
    expect(printed).toContain("power    a difference of 0.18 is shown in 80 %, after Holm over 1");
    expect(printed).toContain("0 of 4");
    for (const file of ["report.html", "report.json", "cells.csv"])
      for (const report of ["ablations/reflection", "reflection-report"])
        expect(existsSync(join(folder, report, file)), `${report}/${file}`).toBe(true);
  });

  it("from nothing to a plugin in an ablation, by five commands", async () => {
    const page = "docs/tutorials/plugin-author.md";
    const first = blocksOf(page).find(({ language }) => language === "sh");
    expect(first?.text.trim().split("\n")).toHaveLength(5);
    const { folder, printed } = await follow(page);
    expect(printed).toContain("aide-strategy-my-idea is written; configs call it my-idea.");
    expect(printed).toContain("my-idea");
    expect(existsSync(join(folder, "ablations/ablation/report.html"))).toBe(true);
  });
});

describe("the plugins of docs/plugins", { timeout: 120_000 }, () => {
  let folder = "";
  let tests: readonly Block[] = [];
  beforeAll(() => {
    const blocks = globSync("docs/plugins/*.md", { cwd: repository }).flatMap(blocksOf);
    tests = blocks.filter(({ file }) => file?.endsWith(".test.ts") === true);
    folder = blocksFolder(blocks, mkdtempSync(join(tmpdir(), "aide-plugins-")));
    symlinkSync(join(repository, "node_modules/vitest"), join(folder, "node_modules/vitest"));
    writeFileSync(join(folder, "package.json"), JSON.stringify({ type: "module" }));
    const conditions = JSON.stringify(["@aide-ts/source"]);
    writeFileSync(
      join(folder, "vitest.config.ts"),
      `export default { resolve: { conditions: ${conditions} }, ssr: { resolve: { conditions: ${conditions}, externalConditions: ${conditions} } }, test: { execArgv: ["--conditions=@aide-ts/source"] } };`,
    );
  });

  it("pass the tests that the pages show", async () => {
    const printed = await bash(
      `"${process.execPath}" --conditions=@aide-ts/source ${join(repository, "node_modules/vitest/vitest.mjs")} run --reporter=verbose --root ${folder}`,
      folder,
      ownEnv,
    );
    expect(tests.length).toBeGreaterThan(3);
    for (const { file = "" } of tests) expect(printed).toContain(file);
  });
});
