import { builtins, kinds } from "@aide-ts/builtins";
import { builtinNames, isLayer, loadPlugin } from "@aide-ts/core";
import { keysIn, keyTable } from "./schema.ts";

const titles: Readonly<Record<string, string>> = {
  strategy: "Strategies",
  search: "Searches",
  evaluator: "Evaluators",
  backend: "Backends",
  executor: "Executors",
  "task-suite": "Task suites",
  launcher: "Launchers",
};

const introduction = `<!-- Made from the plugins' schemas by \`npm run docs:reference\`. -->

# Options of plugins

What comes with aide, and what can be set of each; \`aide plugins <name>\` prints the same, also of a plugin that you installed or wrote. When to use which, and where an algorithm is from, is on the pages of the packages.
`;

const asked = { source: { kind: "command line", folder: "." }, key: "plugins" } as const;

/** The page of the plugins that come with aide, in Markdown. */
export const pluginsPage = async (): Promise<string> => {
  const parts = [introduction];
  for (const kind of kinds) {
    parts.push(`\n## ${titles[kind] ?? kind}\n`);
    for (const name of builtinNames(kind, builtins).toSorted()) {
      const { summary = "", options } = await loadPlugin(kind, name, asked, builtins);
      const schema = options["~standard"].jsonSchema.input({ target: "draft-2020-12" });
      const keys = isLayer(schema) ? keysIn(schema, undefined) : [];
      parts.push(`\n### \`${name}\`\n\n${summary}\n${keys.length === 0 ? "" : `\n${keyTable(keys)}`}`);
    }
  }
  return parts.join("");
};
