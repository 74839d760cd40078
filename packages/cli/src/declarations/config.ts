import { command } from "./command.ts";
import { group } from "./group.ts";
import { configWords, optionalChoice, optionalWord, switchFlag, words } from "./parameters.ts";

/** Commands that tell what a config comes to, without a run. */
export const configCommands = {
  inspect: command({
    load: async () => (await import("../commands/inspect.ts")).inspect,
    brief: "what a run would find in a folder, without a run",
    details: "What a run would refuse is refused here too.",
    example: 'aide inspect my_data goal="Predict the price"',
    usage: "<folder> [key=value …] [--json]",
    parameters: {
      flags: { json: switchFlag("as JSON") },
      positional: words("folder|key=value", "a folder of data, and keys of a config"),
    },
  }),
  config: group(
    { command: "config", noun: "config action", brief: "a config with its defaults, its check and its schema" },
    {
      show: command({
        load: async () => (await import("../commands/config.ts")).showConfig,
        brief: "a config with every default",
        example: "aide config show config.yaml agent.steps=20",
        parameters: { positional: configWords },
      }),
      check: command({
        load: async () => (await import("../commands/config.ts")).checkConfig,
        brief: "whether a config would run",
        example: "aide config check config.yaml",
        parameters: { positional: configWords },
      }),
      schema: command({
        load: async () => (await import("../commands/schema.ts")).printSchema,
        brief: "the JSON Schema of a config, or of an ablation, for editors",
        details: "The package has both, in its folder schemas/.",
        example: "aide config schema ablation > ablation.schema.json",
        parameters: {
          positional: { kind: "tuple", parameters: [optionalChoice(["config", "ablation"], "a kind of file")] },
        },
      }),
    },
    "show",
  ),
  explain: command({
    load: async () => (await import("../commands/explain.ts")).explain,
    brief: "draw the chain, with calls and tokens of a step",
    details: "No model is started. A chain or budget that aide run refuses is drawn and then refused.",
    example: "aide explain config.yaml",
    parameters: {
      flags: { json: switchFlag("as JSON, where null stands for a most without end") },
      positional: configWords,
    },
  }),
  plugins: group(
    {
      command: "plugins",
      noun: "plugins action",
      brief: "what can be named in a config; options of one; search for more",
    },
    {
      show: command({
        load: async () => (await import("../commands/plugins.ts")).plugins,
        brief: "what can be named in a config, or the options of one",
        example: "aide plugins show best-of-n",
        usage: "[plugin|path]",
        parameters: {
          positional: { kind: "tuple", parameters: [optionalWord("plugin|path", "a plugin, as a config names it")] },
        },
      }),
      search: command({
        load: async () => (await import("../commands/plugins.ts")).searchPlugins,
        brief: "packages of plugins in npm's registry",
        details: "The registry that npm is configured with is asked for the keyword aide-plugin.",
        example: "aide plugins search reflection",
        parameters: { positional: words("word", "what they are about; all of them without") },
      }),
    },
    "show",
  ),
};
