import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { blocksFolder, blocksOf, pages, placeOf, type Block } from "../docs/blocks.ts";
import { keysOf, problemOf, refusalOf } from "../docs/check-commands.ts";
import { typeProblems } from "../docs/check-types.ts";
import { configProblem, missingOf, yamlProblem } from "../docs/check-yaml.ts";
import { repository, targetOf } from "../docs/places.ts";
import { commandsIn } from "../docs/shell-words.ts";
import { slugOf } from "../docs/slug.ts";

const all = pages().flatMap(blocksOf);
const inLanguage = (...languages: readonly string[]): readonly Block[] =>
  all.filter(({ language }) => languages.includes(language));

/** One line for each block that has a problem. */
const problems = async (
  blocks: readonly Block[],
  problem: (block: Block) => Promise<string | undefined> | string | undefined,
): Promise<readonly string[]> => {
  const found: string[] = [];
  for (const block of blocks) {
    const what = await problem(block);
    if (what !== undefined) found.push(`${placeOf(block)} ${what}`);
  }
  return found;
};

/** A placeholder, as `<folder>`, would be read as a redirection. */
const withoutPlaceholders = (text: string): string => text.replaceAll(/<[\w.|-]+>/g, "NAME");

describe("a block of code on a page", { timeout: 60_000 }, () => {
  let folder = "";
  let empty = "";
  beforeAll(() => {
    folder = blocksFolder(all);
    empty = mkdtempSync(join(tmpdir(), "aide-docs-"));
  });

  it("is in a language that is checked, or output", () => {
    const languages = new Set(["ts", "yaml", "json", "sh", "python", "text"]);
    expect(all.filter(({ language }) => !languages.has(language)).map(placeOf)).toEqual([]);
  });

  it("of TypeScript type-checks", async () => {
    expect(await typeProblems(inLanguage("ts"), folder)).toEqual([]);
  });

  it("of YAML is a config or an ablation that would run", async () => {
    expect(await problems(inLanguage("yaml"), (block) => yamlProblem(block, folder))).toEqual([]);
  });

  it("of JSON is JSON", async () => {
    const problem = ({ text }: Block) => {
      try {
        JSON.parse(text);
        return undefined;
      } catch (error) {
        return String(error);
      }
    };
    expect(await problems(inLanguage("json"), problem)).toEqual([]);
  });

  it("of Python compiles", () => {
    for (const block of inLanguage("python"))
      expect(
        () => execFileSync("python3", ["-c", "import ast, sys; ast.parse(sys.stdin.read())"], { input: block.text }),
        placeOf(block),
      ).not.toThrow();
  });

  it("for a shell is one that bash reads", async () => {
    const problem = ({ text }: Block) => {
      const { status, stderr } = spawnSync("bash", ["-n"], { input: withoutPlaceholders(text), encoding: "utf8" });
      return status === 0 ? undefined : stderr;
    };
    expect(await problems(inLanguage("sh"), problem)).toEqual([]);
  });

  it("for a shell has commands and flags that there are", async () => {
    const problem = async ({ text }: Block) => {
      for (const command of commandsIn(withoutPlaceholders(text))) {
        const what = await problemOf(command);
        if (what !== undefined) return `${command.join(" ")}: ${what}`;
      }
      return undefined;
    };
    expect(await problems(inLanguage("sh"), problem)).toEqual([]);
  });

  it("between words has commands and flags that there are", async () => {
    const found: string[] = [];
    for (const page of pages())
      for (const [, text = ""] of readFileSync(repository + page, "utf8").matchAll(/`(?:npx )?aide ([a-z][^`…]*)`/g)) {
        const [words = []] = commandsIn(withoutPlaceholders(text));
        const what = await refusalOf(words);
        // Arguments are often left out in a sentence.
        if (/no command|no flag/i.test(what ?? "")) found.push(`${page}: aide ${text}: ${what}`);
      }
    expect(found).toEqual([]);
  });

  it("for a shell sets keys of a config to what they may be", async () => {
    const problem = async ({ text }: Block) => {
      for (const command of commandsIn(withoutPlaceholders(text).replaceAll(/\$\w+/g, "http://127.0.0.1:8000/v1"))) {
        const keys = keysOf(command);
        if (keys === undefined) continue;
        const names = keys.map((key) => key.slice(0, key.indexOf("=")));
        const what = await configProblem([...keys, ...missingOf(names)], empty);
        if (what !== undefined) return `${keys.join(" ")}: ${what}`;
      }
      return undefined;
    };
    expect(await problems(inLanguage("sh"), problem)).toEqual([]);
  });
});

describe("the check of a block of YAML", () => {
  const wrong = (text: string) => {
    const block = { page: "docs/wrong.md", line: 1, language: "yaml", file: undefined, info: "", text, before: "" };
    return yamlProblem(block, blocksFolder([block], mkdtempSync(join(tmpdir(), "aide-docs-"))));
  };

  it.each([
    ["serch: greedy", /serch is no key/],
    ["search: { use: greedy, draft: 3 }", /draft/],
    ["seeds: 2\narms: { a: {}, b: {} }\ntasks: [hitters]\nbase: {}", /very settings/],
    ["seeds: 2\narms: { a: {}, b: { budgets: {} } }\ntasks: [hitters]\nbase: {}", /budgets/],
    ["launcher: { use: slurm, partitions: gpu }", /partitions/],
    ["- one", /neither a config nor an ablation/],
  ])("refuses %j", async (text, reason) => {
    expect(await wrong(text)).toMatch(reason);
  });
});

describe("a link of a page", () => {
  it.each([
    ["tutorials/csv.md", "../reference/config.md", { kind: "page", href: "/reference/config" }],
    ["index.md", "../packages/cli/README.md", { kind: "page", href: "/packages/cli" }],
    ["packages/cli.md", "../../docs/errors.md#exit-codes", { kind: "page", href: "/errors#exit-codes" }],
    ["results/index.md", "ablation-1.5b/report.html", { kind: "file", href: "/results/ablation-1.5b/report.html" }],
  ])("of %s, %s, leads to the page that shows it", (page, link, target) => {
    expect(targetOf(page, link)).toEqual(target);
  });

  it("to what is in the repository alone is one to the repository", () => {
    expect(targetOf("ablations.md", "../configs/ablations/small.yaml")).toMatchObject({ kind: "repository" });
  });

  it("to nothing is refused", () => {
    expect(() => targetOf("ablations.md", "nothing.md")).toThrow(/there is no docs\/nothing\.md/);
  });

  it("to a heading has GitHub's name of it", () => {
    expect(slugOf("DeepSeek-R1-Distill's thoughts: `a`, b & c")).toBe("deepseek-r1-distills-thoughts-a-b--c");
  });
});

describe("the check of a command", () => {
  it.each([
    [["aide", "ablat", "x.yaml"], /no command/],
    [["aide", "ablate", "x.yaml", "--job", "2"], /flag/i],
    [["npx", "aide", "report"], /argument/i],
    [["npm", "run", "nothing"], /no script/],
    [["aide", "ablate", "configs/ablations/none.yaml"], /there is no/],
  ])("refuses %j", async (command, reason) => {
    expect(await problemOf(command)).toMatch(reason);
  });

  it("takes one that there is", async () => {
    expect(await refusalOf(["ablate", "x.yaml", "--jobs", "2", "--dry-run"])).toBeUndefined();
    expect(await refusalOf(["data_dir=x", "goal=y"])).toBeUndefined();
  });

  it("reads words as a shell does", () => {
    expect(commandsIn(`cd a && npx aide run goal="a # b" x='1 2' # said\nA=1 aide \\\n  runs > f`)).toEqual([
      ["cd", "a"],
      ["npx", "aide", "run", "goal=a # b", "x=1 2"],
      ["aide", "runs"],
    ]);
  });
});
