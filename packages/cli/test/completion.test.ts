import { execFile } from "node:child_process";
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { shells, type ShellName } from "@aide-ts/shell-completion";
import { beforeAll, describe, expect, it } from "vitest";
import { complete } from "../src/complete.ts";
import { shellHere } from "./aide-here.ts";
import { bin, freshFolder } from "./aide.ts";

const run = promisify(execFile);

const wordsAfter = async (...words: readonly string[]): Promise<readonly string[]> => {
  const { shell, out } = shellHere(freshFolder());
  expect(await complete(words, shell)).toBe(0);
  return out.map((line) => line.split("\t")[0] ?? "");
};

describe("what the last word may become", () => {
  it.each([
    ["a command", ["abl"], ["ablate"]],
    ["a command, a key or a group of keys", ["ser"], ["serve"]],
    ["an action of a command, or what its standard one takes", ["config", "sch"], ["schema", "schedule="]],
    ["an action of a command without a standard", ["bench", ""], ["repair"]],
    ["a key of a config", ["run", "budget.exec"], ["budget.executions=", "budget.executorTime="]],
    ["one in place of a command", ["budget.exec"], ["budget.executions=", "budget.executorTime="]],
    [
      "a key after keys, which stand for a run",
      ["seed=1", "budget.exec"],
      ["budget.executions=", "budget.executorTime="],
    ],
    ["a plugin's name", ["run", "backend.use=v"], ["backend.use=vllm"]],
    ["an option of a plugin", ["run", "search.debugP"], ["search.debugProbability="]],
    ["a flag, begun", ["ablate", "--la"], ["--launcher"]],
    ["a plugin, for its options", ["plugins", "self-d"], ["self-debug"]],
    ["one of a few words", ["completion", ""], [...shells]],
    ["nothing, of a command that there is not", ["nope", "x"], []],
  ])("is %s", async (_, words, expected) => {
    expect(await wordsAfter(...words)).toEqual(expected);
  });

  it("a flag is proposed where it is begun alone", async () => {
    expect((await wordsAfter("ablate", "")).filter((word) => word.startsWith("-"))).toEqual([]);
  });

  it("says what a key is for", async () => {
    const { shell, out } = shellHere(freshFolder());
    await complete(["run", "budget.cos"], shell);
    expect(out).toEqual(["budget.cost=\tIn the currency of `prices`.\n"]);
  });
});

/** Has a shell complete a line, as its Tab does, and print what it proposes. */
const ways: Readonly<Record<ShellName, (line: string) => string>> = {
  bash: (line) =>
    `eval "$(aide completion bash)"; COMP_LINE='${line}'; COMP_POINT=\${#COMP_LINE}; _aide_words; printf '%s\\n' "\${COMPREPLY[@]}"`,
  // With a `_describe` that prints what it is given: zsh's own needs a terminal.
  zsh: (line) =>
    `compdef() { :; }; eval "$(aide completion zsh)"; _describe() { print -rl -- "\${(@P)4}"; }; words=("\${(@s: :)\${:-${line}}}"); CURRENT=\${#words}; _aide`,
  fish: (line) => `aide completion fish | source; complete -C '${line}'`,
};

const installed = new Set<ShellName>();
for (const shell of shells) {
  const found = await run(shell, ["-c", "true"]).then(
    () => true,
    () => false,
  );
  if (found) installed.add(shell);
  else console.log(`skipped: completion in ${shell}, which this machine does not have`);
}

describe.each([...installed])("in %s", (shell) => {
  const folder = freshFolder();
  const env = { ...process.env, PATH: `${join(folder, "bin")}:${process.env["PATH"]}`, HOME: folder };

  beforeAll(() => {
    mkdirSync(join(folder, "bin"));
    mkdirSync(join(folder, "logs", "2-calm-fox"), { recursive: true });
    writeFileSync(join(folder, "task.yaml"), "");
    const program = [process.execPath, bin].map((word) => `'${word}'`).join(" ");
    writeFileSync(join(folder, "bin", "aide"), `#!/bin/sh\nexec ${program} "$@"\n`);
    chmodSync(join(folder, "bin", "aide"), 0o755);
  });

  it.each([
    ["aide abl", "ablate"],
    ["aide run budget.exec", "budget.executions="],
    ["aide run backend.use=v", shell === "bash" ? "vllm" : "backend.use=vllm"],
    ["aide run task", "task.yaml"],
    ["aide show 2", "2-calm-fox"],
  ])("%s", async (line, word) => {
    const flags = shell === "bash" ? ["--norc", "-c"] : shell === "zsh" ? ["-f", "-c"] : ["-N", "-c"];
    const { stdout } = await run(shell, [...flags, ways[shell](line)], { cwd: folder, env });
    expect(stdout.split("\n").map((one) => one.replace(/[\t:].*$/, ""))).toContain(word);
  });
});
