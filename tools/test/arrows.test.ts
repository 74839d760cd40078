import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const packages = fileURLToPath(new URL("../../packages/", import.meta.url));

const dependencies = (name: string): readonly string[] => {
  const manifest = JSON.parse(readFileSync(join(packages, name, "package.json"), "utf8"));
  return Object.keys(manifest.dependencies ?? {})
    .flatMap((one) => (one.startsWith("@aide-ts/") ? [one.slice("@aide-ts/".length)] : []))
    .sort();
};

const isPlugin = (name: string): boolean => /^((backend|executor)-(?!kit)|strategy-|suite-)/.test(name);

/** What each package may depend on of ours; of the command line only what it does not name. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  plugin: [],
  "process-lock": [],
  "shell-completion": [],
  statistics: [],
  "launcher-local": ["plugin"],
  "launcher-slurm": ["plugin"],
  init: ["core", "plugin", "run"],
  machine: ["backend-kit", "backend-transformers", "plugin", "run"],
  ablation: ["core", "plugin", "process-lock", "run", "statistics", "viz"],
  answer: ["plugin"],
  trajectories: ["core", "plugin", "run"],
  core: ["answer", "plugin"],
  data: ["core", "plugin"],
  evaluation: ["core", "plugin"],
  testing: ["core", "plugin"],
  viz: ["plugin"],
  pool: ["core", "plugin", "run"],
  "backend-kit": ["plugin"],
  "backend-openai": ["backend-kit", "plugin"],
  "backend-vllm": ["backend-kit", "backend-openai", "plugin"],
  "backend-ollama": ["backend-kit", "plugin"],
  "backend-transformers": ["backend-kit", "backend-openai", "plugin", "process-lock"],
  "backend-llamacpp": ["backend-kit", "plugin", "process-lock"],
  "executor-kit": ["plugin", "process-lock"],
  "executor-local": ["executor-kit", "plugin", "process-lock"],
  "strategy-tree": ["answer", "plugin"],
  "strategy-reflection": ["answer", "plugin"],
  "strategy-cot": ["answer", "plugin"],
  "strategy-operators": ["answer", "plugin"],
  run: ["core", "data", "evaluation", "plugin", "process-lock", "viz"],
  serve: ["core", "plugin", "run"],
  "suite-tabular-small": ["plugin"],
  tasks: ["core", "evaluation", "plugin", "run"],
  "create-aide-plugin": ["plugin"],
  // It holds report labels: of what runs scripts it may know how runs are recorded.
  grading: ["core", "data", "evaluation", "plugin", "run", "tasks"],
  "repair-bench": ["core", "plugin", "run", "strategy-reflection"],
};

const names = readdirSync(packages);

describe("dependencies point one way", () => {
  it.each(names.filter((name) => name !== "cli" && name !== "builtins"))("%s depends on what it may", (name) => {
    expect(dependencies(name)).toEqual(allowed[name]);
  });

  it("nothing depends on the command line, which alone has the plugins that come with it", () => {
    expect(names.filter((name) => dependencies(name).includes("cli"))).toEqual([]);
    expect(dependencies("cli")).toEqual(expect.arrayContaining(["builtins", "run"]));
    expect(names.filter((name) => dependencies(name).includes("builtins"))).toEqual(["cli"]);
    expect(dependencies("builtins")).toEqual(expect.arrayContaining(names.filter(isPlugin)));
  });

  it("report labels are read by the grader alone, and by nothing but its own commands", () => {
    expect(names.filter((name) => dependencies(name).includes("grading"))).toEqual(["cli"]);
    expect(names.filter((name) => dependencies(name).includes("tasks")).sort()).toEqual(["cli", "grading"]);
    const readers = sourcesOf("cli").filter((file) => readFileSync(file, "utf8").includes("@aide-ts/grading"));
    expect(readers.map((file) => relative(packages, file)).toSorted()).toEqual([
      "cli/src/commands/grade.ts",
      "cli/src/commands/references.ts",
    ]);
    const privateReaders = names
      .filter((name) => name !== "tasks" && name !== "grading")
      .flatMap(sourcesOf)
      .filter((file) => /privateFolder|privateRoot|readReportLabels/.test(readFileSync(file, "utf8")));
    expect(privateReaders.map((file) => relative(packages, file)).toSorted()).toEqual([
      "cli/src/commands/references.ts",
      "cli/src/commands/tasks.ts",
    ]);
  });

  it("the command line stays small", () => {
    const lines = sourcesOf("cli").reduce((sum, file) => sum + readFileSync(file, "utf8").split("\n").length - 1, 0);
    expect(lines).toBeLessThan(3000);
  });

  it.each(names)("%s imports no file of another package", (name) => {
    const outside = sourcesOf(name).flatMap((file) =>
      importsOf(file).filter((target) => !target.startsWith(join(packages, name, "/"))),
    );
    expect(outside).toEqual([]);
  });
});

const sourcesOf = (name: string): readonly string[] =>
  readdirSync(join(packages, name, "src"), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => join(packages, name, "src", file));

/** Files that a file imports, types too. */
const importsOf = (file: string): readonly string[] =>
  [...readFileSync(file, "utf8").matchAll(/(?:from|import)\s*\(?\s*"(\.[^"]+)"/g)].map(([, path = ""]) =>
    resolve(dirname(file), path),
  );

/** Sets of files that import one another, directly or over others (Tarjan 1972). */
const circlesIn = (
  files: readonly string[],
  imports: (file: string) => readonly string[],
): readonly (readonly string[])[] => {
  const found: string[][] = [];
  const numbers = new Map<string, number>();
  const lowest = new Map<string, number>();
  const stack: string[] = [];
  const visit = (file: string): number => {
    const number = numbers.size;
    numbers.set(file, number);
    stack.push(file);
    let low = number;
    for (const next of imports(file)) {
      if (!numbers.has(next)) low = Math.min(low, visit(next));
      else if (stack.includes(next)) low = Math.min(low, numbers.get(next) ?? low);
    }
    lowest.set(file, low);
    if (low === number) found.push(stack.splice(stack.indexOf(file)));
    return low;
  };
  for (const file of files) if (!numbers.has(file)) visit(file);
  return found.filter((circle) => circle.length > 1);
};

describe("import circles", () => {
  it("are found", () => {
    const graph: Readonly<Record<string, readonly string[]>> = { a: ["b"], b: ["c", "d"], c: ["a"], d: ["e"], e: [] };
    expect(circlesIn(Object.keys(graph), (file) => graph[file] ?? [])).toEqual([["a", "b", "c"]]);
  });

  it.each(names)("of %s hold three files at most", (name) => {
    const large = circlesIn(sourcesOf(name), importsOf).filter((circle) => circle.length > 3);
    expect(large.map((circle) => circle.map((file) => relative(packages, file)))).toEqual([]);
  });
});

describe("source files", () => {
  const lines = names
    .flatMap(sourcesOf)
    .map((file) => ({ file: relative(packages, file), count: readFileSync(file, "utf8").split("\n").length - 1 }))
    .toSorted((a, b) => a.count - b.count);
  const at = (share: number): number => lines[Math.floor(share * lines.length)]?.count ?? Number.POSITIVE_INFINITY;

  it("are small: half of them 70 lines at most, nine of ten 200, and none more than 300", () => {
    expect(at(0.5)).toBeLessThanOrEqual(70);
    expect(at(0.9)).toBeLessThanOrEqual(200);
    expect(lines.filter(({ count }) => count > 300)).toEqual([]);
  });

  it("name constants as all else", () => {
    const shouted = names
      .flatMap(sourcesOf)
      .flatMap((file) =>
        (readFileSync(file, "utf8").match(/^(?:export )?const [A-Z][A-Z0-9_]+(?= =|:)/gm) ?? []).map(
          (found) => `${relative(packages, file)}: ${found}`,
        ),
      );
    expect(shouted).toEqual(["plugin/src/plugin.ts: export const API"]);
  });

  // What a package exports, the plugin that it is and its errors have files of their own, however short.
  it("and seldom so small that they only make a reader jump", () => {
    const short = lines.filter(({ file, count }) => count < 12 && !/(^|\/)(index|plugin|errors)\.ts$/.test(file));
    expect(short.map(({ file }) => file).length, short.map(({ file }) => file).join(", ")).toBeLessThan(10);
  });
});
