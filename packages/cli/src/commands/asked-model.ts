import { merge, type Layer } from "@aide-ts/core";
import type { AskedModel } from "@aide-ts/machine";
import { isConfigFile, type Shell } from "../shell.ts";
import { runHost } from "../run-host.ts";
import { readConfigArguments } from "../terminal/config-arguments.ts";
import { resolveConfig, withoutTask } from "@aide-ts/run";
import { tokensInvalid, noModelToFit } from "../errors.ts";

export interface ModelFlags {
  readonly quantization: string | undefined;
  readonly context: string | undefined;
}

/**
 * A model with flags, or the backend of a config: `key=value …`, a file, or both. `undefined` where nothing was asked.
 * @throws AIDE_ARGUMENT, and what reading a config throws
 */
export const askedModel = async (
  { quantization, context }: ModelFlags,
  args: readonly string[],
  shell: Pick<Shell, "cwd" | "secrets" | "env">,
): Promise<AskedModel | undefined> => {
  if (args.length === 0 && quantization === undefined && context === undefined) return undefined;
  const config = args.filter((argument) => argument.includes("=") || isConfigFile(argument));
  const options = await backendOptions(config, shell);
  const word = args.find((argument) => !config.includes(argument));
  const [model, path] = [word ?? textOf(options["model"]), textOf(options["path"])];
  const name = model ?? path;
  if (name === undefined) throw noModelToFit();
  return {
    name: word ?? path ?? name,
    isFolder: word === undefined && path !== undefined,
    quantization: quantization ?? textOf(options["quantization"]),
    contextTokens: asTokens(context) ?? numberOf(options["contextTokens"]),
  };
};

/** A config as `aide run` reads it, but for what only a run needs: data, and a server's name where it has a model. */
const backendOptions = async (
  args: readonly string[],
  shell: Pick<Shell, "cwd" | "secrets" | "env">,
): Promise<Readonly<Record<string, unknown>>> => {
  if (args.length === 0) return {};
  const raw = await readConfigArguments(args, shell);
  const { backend } = raw.values;
  const named: Layer =
    typeof backend === "object" && backend !== null && !("use" in backend) ? { backend: { use: "vllm" } } : {};
  const { config } = await resolveConfig(raw, runHost(shell), merge(withoutTask, named));
  return config.backend.options;
};

const textOf = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);
const numberOf = (value: unknown): number | undefined => (typeof value === "number" ? value : undefined);

const asTokens = (text: string | undefined): number | undefined => {
  if (text === undefined) return undefined;
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw tokensInvalid(text);
};
