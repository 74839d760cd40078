import { run, type RouteMap } from "@stricli/core";
import { application } from "../../../packages/cli/src/declarations/application.ts";
import type { Context } from "../../../packages/cli/src/declarations/command.ts";

const commands = application((failure) => {
  throw new Error("a help text failed", { cause: failure });
});

/** What a command prints for `--help`; that of all of them without words. */
export const helpOf = async (...words: readonly string[]): Promise<string> => {
  const written: string[] = [];
  const stdout = { write: (text: string) => void written.push(text) };
  await run(commands, [...words, "--help"], {
    process: { stdout, stderr: stdout },
    forCommand: () => Promise.reject(new Error("a help text needs no shell")),
  });
  return written.join("");
};

const namesIn = (routes: Pick<RouteMap<Context>, "getAllEntries">): readonly string[] =>
  routes
    .getAllEntries()
    .filter(({ hidden }) => !hidden)
    .flatMap(({ name, target }) =>
      "getAllEntries" in target ? namesIn(target).map((below) => `${name.original} ${below}`) : name.original,
    );

/** All commands, as `pool freeze`. */
export const helpedCommands = "getAllEntries" in commands.root ? namesIn(commands.root) : [];
