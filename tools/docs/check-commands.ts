import { existsSync, readFileSync } from "node:fs";
import { run } from "@stricli/core";
import { application } from "../../packages/cli/src/declarations/application.ts";
import type { Failure } from "../../packages/cli/src/terminal/failure.ts";
import { type Shell, withCommand } from "../../packages/cli/src/shell.ts";
import { repository } from "./places.ts";
import type { Command } from "./shell-words.ts";

/** What a reader has anyway, or is asked to install. */
const known = new Set(
  "cd cp cat mkdir ls echo head tail cut printf export git python python3 pip curl mlebench openssl ollama vllm sbatch squeue scp ssh rsync nvidia-smi docker tar".split(
    " ",
  ),
);

const { scripts }: { readonly scripts: Readonly<Record<string, string>> } = JSON.parse(
  readFileSync(`${repository}package.json`, "utf8"),
);

/** Those that `npm create aide-plugin` writes, beside npm's own and this repository's. */
const npmScripts = new Set([...Object.keys(scripts), "example", "build", "typecheck", "test", "release"]);

/** Why a command line of `aide` would not be understood; undefined where it is. Nothing is run. */
export const refusalOf = async (args: Command): Promise<string | undefined> => {
  // What shells ask with; it is answered before commands are looked up.
  if (args[0] === "complete") return undefined;
  const failures: Failure[] = [];
  const written: string[] = [];
  const out = { write: (text: string) => void written.push(text) };
  const understood = new Error("understood");
  const commands = application((failure) => failures.push(failure));
  await run(commands, withCommand(args), {
    process: { stdout: out, stderr: out },
    // Asked for only once the arguments were understood.
    forCommand: async () => ({
      process: { stdout: out, stderr: out },
      get shell(): Shell {
        throw understood;
      },
    }),
  });
  const [failure] = failures;
  if (failure === undefined) return written.length > 0 ? undefined : "it does nothing";
  if (failure.kind === "unknown-command") return `there is no command ${failure.name}`;
  if (failure.error === understood) return undefined;
  return failure.error instanceof Error ? failure.error.message : String(failure.error);
};

/** By its own name, or as npx fetches it. */
const isAide = (program: string | undefined): boolean => program === "aide" || program === "@aide-ts/cli";

/** What is wrong with a command of a page; undefined where nothing is. */
export const problemOf = async ([program = "", ...args]: Command): Promise<string | undefined> => {
  // Words of the shell itself.
  if (["for", "done", "if", "fi"].includes(program)) return undefined;
  const missing = args.find(
    (arg) => /^(configs|bench|tools|docs)\/[\w./-]+$/.test(arg) && !existsSync(repository + arg),
  );
  if (missing !== undefined) return `there is no ${missing}`;
  if (program === "npx") return args[0] === "vitest" || args[0] === "changeset" ? undefined : problemOf(args);
  if (isAide(program)) return refusalOf(args);
  if (program === "npm") return npmProblem(args);
  if (program === "node" || program === "bash") return undefined;
  return known.has(program) ? undefined : `${program} is a program that no page says how to come by`;
};

const npmProblem = ([action = "", name = ""]: Command): string | undefined => {
  if (["install", "publish", "test", "start", "create", "init", "pkg"].includes(action)) return undefined;
  if (action === "run" && npmScripts.has(name)) return undefined;
  return `npm ${action} ${name} is no script`;
};

/** The keys of a config that a command line of `aide` sets; undefined where it takes none. */
export const keysOf = ([program, ...args]: Command): readonly string[] | undefined => {
  if (program === "npx") return keysOf(args);
  if (!isAide(program)) return undefined;
  const [command = "", ...rest] = withCommand(args);
  if (!["run", "explain", "config", "serve", "inspect", "resume", "fork", "bench"].includes(command)) return undefined;
  // A task by its name has to be prepared on the machine first.
  const keys = rest.filter((word) => /^[\w.]+=/.test(word) && !/^(task|mlebench)=/.test(word));
  return keys.length === 0 ? undefined : keys;
};
