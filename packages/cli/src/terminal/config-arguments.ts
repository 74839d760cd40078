import { isConfigFile } from "../shell.ts";
import { parseOverrides } from "@aide-ts/core";
import { type RawConfig, readRawConfig } from "@aide-ts/run";
import type { RunHost } from "@aide-ts/run/host";
import { twoFiles } from "../errors.ts";

/**
 * Reads a config file and `key=value` among a command's arguments. Without a file, `aide.config.*` is looked for from the working folder upwards, unless
 * the command says not to.
 * @throws AIDE_ARGUMENT for two files, AIDE_CONFIG_NOT_FOUND, AIDE_CONFIG_UNREADABLE
 */
export const readConfigArguments = async (
  args: readonly string[],
  host: Pick<RunHost, "cwd" | "secrets">,
  { looksForFile = true }: { readonly looksForFile?: boolean } = {},
): Promise<RawConfig> => {
  const files = args.filter(isConfigFile);
  const [path, another] = files;
  if (another !== undefined) throw twoFiles(files);
  const choice = path === undefined ? (looksForFile ? "search" : "none") : { path };
  return readRawConfig(choice, parseOverrides(args.filter((argument) => argument !== path)), host);
};

/** Parts a command's arguments into words and `key=value`. */
export const splitOverrides = (
  args: readonly string[],
): { readonly words: readonly string[]; readonly overrides: readonly string[] } => ({
  words: args.filter((argument) => !argument.includes("=")),
  overrides: args.filter((argument) => argument.includes("=")),
});
