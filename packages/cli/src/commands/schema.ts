import { ablationFileSchema } from "@aide-ts/ablation";
import { configDefinitions, configFileSchema, pluginSchema } from "@aide-ts/builtins";
import type { Shell } from "../shell.ts";

/** What has a schema for editors. */
export type FileKind = "config" | "ablation";

/** `aide config schema`: the JSON Schema of a kind of file, with the options of all plugins that come with aide. */
export const printSchema = async ({ out }: Shell, _flags: object, kind: FileKind = "config"): Promise<number> => {
  out(JSON.stringify(await schemas[kind](), null, 2));
  return 0;
};

const schemas: Readonly<Record<FileKind, () => Promise<object>>> = {
  config: configFileSchema,
  ablation: async () =>
    ablationFileSchema({ ...(await configDefinitions()), launcher: await pluginSchema("launcher") }),
};
