import { helpedCommands, helpOf } from "./help-texts.ts";

const introduction = `<!-- Made from the declarations of commands by \`npm run docs:reference\`. -->

# Commands

What \`aide <command> --help\` prints. \`aide key=value …\` alone is \`aide run\`. Exit codes: 0 done, 1 failed, 2 wrongly asked, 130 stopped by you; [errors](../errors.md) have codes and a fix each.
`;

/** The page of all commands, in Markdown. */
export const commandsPage = async (): Promise<string> => {
  const sections = await Promise.all(
    helpedCommands.map(async (name) => {
      const help = await helpOf(...name.split(" "));
      return `\n## ${name}\n\n\`\`\`text\n${help.trimEnd()}\n\`\`\`\n`;
    }),
  );
  return [introduction, ...sections].join("");
};
