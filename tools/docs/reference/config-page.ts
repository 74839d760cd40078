import { checkConfig, configJsonSchema } from "@aide-ts/core";
import { configNotes } from "./config-notes.ts";
import { keysIn, keyTable, type Key } from "./schema.ts";

const sections: readonly (readonly [title: string, text: string, keys: readonly string[]])[] = [
  [
    "The task",
    "One of `data_dir` with a description, `task`, or `mlebench`. What the columns and files are follows from what the tables hold; each can be set.",
    "data_dir goal eval desc_file desc_str task mlebench mlebench_dir unseal target id roles positive metric direction preprocess_data leaks".split(
      " ",
    ),
  ],
  [
    "Rows held back",
    "Scripts get them without their labels; a solution's score is that on these rows.",
    ["holdout", "rehearse", "refit", "ensemble"],
  ],
  ["Models", "", "backend backends sampling retries prices".split(" ")],
  ["What the model is asked", "", "coder preview prompts".split(" ")],
  [
    "Plugins",
    "A plugin is a name, or a name with options: `search: greedy`, `search: { use: greedy, drafts: 5 }`. The [options of those that come with aide](plugins.md) have a page of their own.",
    "search strategies executor evaluators".split(" "),
  ],
  ["Limits and repetition", "", "budget slots schedule seed".split(" ")],
  ["Folders and names", "", "exp_name log_dir workspace_dir".split(" ")],
  [
    "Keys of AIDE and its fork",
    "They work as they are, beside the keys above, and are translated; one without effect is named when the run starts. [Migration](../migration.md) has the whole story.",
    "agent exec report generate_report copy_data".split(" "),
  ],
];

const introduction = `<!-- Made from the config's schema by \`npm run docs:reference\`. -->

# Config

A run's config is a file in YAML, JSON, TypeScript or JavaScript, \`aide.config.yaml\` where none is named, and \`key=value\` on the command line, which overrides it. \`extends: other.yaml\` takes over another file. An unknown key or a
wrong value is refused before anything is made, with the nearest name that there is.

- \`aide config show\` prints a config with every default, \`aide config check\` says whether it would run. \`aide init\` writes a first one by asking.
- Editors complete keys and explain them by a JSON Schema, which the first line of a config names: \`aide init\` writes that line, \`aide config schema\` prints the schema, and the package \`@aide-ts/cli\` holds it in \`schemas/\`, with the options of the plugins that come with aide. \`aide completion\` is the same for a shell.
- A **count** is a whole number, also as \`200_000\`. A **time** is a number of seconds, or \`90s\`, \`30m\`, \`1.5h\`, \`2d\`.
- A dot is a level: \`budget.steps=10\` on the command line is \`budget: { steps: 10 }\` in the file.
`;

/** All keys of a config. */
export const configKeys = (): readonly Key[] =>
  keysIn(configJsonSchema(), { ...checkConfig({ data_dir: "data" }, "defaults"), data_dir: undefined }).map((key) => ({
    ...key,
    text: key.text ?? configNotes[key.name],
  }));

/** The page of all keys of a config, in Markdown. */
export const configPage = (): string => {
  const all = configKeys();
  const placed = new Set(sections.flatMap(([, , names]) => names));
  const missing = all.filter(({ name }) => !placed.has(name.split(".")[0] ?? ""));
  if (missing.length > 0) throw new Error(`No section has ${missing.map(({ name }) => name).join(", ")}.`);
  const tables = sections.map(([title, text, names]) => {
    const keys = names.flatMap((name) => all.filter((key) => key.name === name || key.name.startsWith(`${name}.`)));
    return [`\n## ${title}\n`, ...(text === "" ? [] : [`${text}\n`]), keyTable(keys)].join("\n");
  });
  return [introduction, ...tables].join("");
};
