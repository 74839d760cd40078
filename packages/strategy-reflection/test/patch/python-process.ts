import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { Fingerprint, Outline, Python } from "../../src/patch/index.ts";

const syntax = fileURLToPath(new URL("../../python/syntax.py", import.meta.url));

const driver = `
import json, sys, warnings
warnings.simplefilter("ignore")
names = {"__name__": "syntax"}
exec(open(sys.argv[1], encoding="utf-8").read(), names)
for line in sys.stdin:
    ask = json.loads(line)
    answer = names[ask["question"]]
    print(json.dumps([answer(script.encode("utf-8", "replace")) for script in ask["scripts"]]), flush=True)
`;

type Answer = { readonly hash: string } | { readonly error: string };
type Outlined = { readonly imports: [number, number][]; readonly definitions: [string, number, number][] } | null;

/** One CPython for a whole test file. */
export const startPython = (): Python & AsyncDisposable => {
  const child = spawn("python3", ["-c", driver, syntax], { stdio: ["pipe", "pipe", "inherit"] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  let queue: Promise<unknown> = Promise.resolve();
  const ask = (question: string, scripts: readonly string[]): Promise<unknown> => {
    const answer = queue.then(async () => {
      child.stdin.write(`${JSON.stringify({ question, scripts })}\n`);
      const line = await lines.next();
      if (line.done === true) throw new Error("python3 ended");
      return JSON.parse(line.value) as unknown;
    });
    queue = answer;
    return answer;
  };
  return {
    async fingerprints(scripts) {
      const answers = (await ask("fingerprint", scripts)) as readonly Answer[];
      return answers.map((answer): Fingerprint =>
        "hash" in answer ? { kind: "tree", hash: answer.hash } : { kind: "none", message: answer.error },
      );
    },
    async outlines(scripts) {
      const answers = (await ask("outline", scripts)) as readonly Outlined[];
      return answers.map((answer): Outline | undefined =>
        answer === null
          ? undefined
          : {
              imports: answer.imports.map(([first, last]) => ({ first, last })),
              definitions: answer.definitions.map(([name, first, last]) => ({ name, first, last })),
            },
      );
    },
    async [Symbol.asyncDispose]() {
      child.stdin.end();
      await new Promise((resolve) => child.once("close", resolve));
    },
  };
};
