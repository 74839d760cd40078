import { run, type RouteMap } from "@stricli/core";
import { application } from "../../../packages/cli/src/declarations/application.ts";
import type { Context } from "../../../packages/cli/src/declarations/command.ts";

const introduction = `<!-- Made from the declarations of commands by \`npm run docs:reference\`. -->

# Commands

What \`aide <command> --help\` prints. \`aide key=value …\` alone is \`aide run\`. Exit codes: 0 done, 1 failed, 2 wrongly asked, 130 stopped by you; [errors](../errors.md) have codes and a fix each.
`;

const commands = application((failure) => {
  throw new Error("a help text failed", { cause: failure });
});

const helpOf = async (name: string): Promise<string> => {
  const written: string[] = [];
  const stdout = { write: (text: string) => void written.push(text) };
  await run(commands, [...name.split(" "), "--help"], {
    process: { stdout, stderr: stdout },
    forCommand: () => Promise.reject(new Error("a help text needs no shell")),
  });
  return written.join("").trimEnd();
};

const namesIn = (routes: Pick<RouteMap<Context>, "getAllEntries">): readonly string[] =>
  routes
    .getAllEntries()
    .filter(({ hidden }) => !hidden)
    .flatMap(({ name, target }) =>
      "getAllEntries" in target ? namesIn(target).map((below) => `${name.original} ${below}`) : name.original,
    );

/** The page of all commands, in Markdown. */
export const commandsPage = async (): Promise<string> => {
  const names = "getAllEntries" in commands.root ? namesIn(commands.root) : [];
  const sections = await Promise.all(
    names.map(async (name) => `\n## ${name}\n\n\`\`\`text\n${await helpOf(name)}\n\`\`\`\n`),
  );
  return [introduction, ...sections].join("");
};
