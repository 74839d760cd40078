import { checkConfig, loadConfig, type ConfigSource, type Use } from "@aide-ts/core";
import { fileURLToPath } from "node:url";
import { armsUnknown } from "../errors.ts";

/** A name, and the chain that is compared under it. */
export interface Arm {
  readonly name: string;
  readonly strategies: readonly Use[];
}

export interface Arms {
  readonly arms: readonly Arm[];
  /** Where plugins are resolved from. */
  readonly source: ConfigSource;
}

/**
 * The arms of a YAML, JSON, JS or TS file, a chain by name; without a file, those that come with the benchmark. `only` picks some.
 * @throws AIDE_CONFIG_INVALID, AIDE_ARMS_UNKNOWN
 */
export const readArms = async (file: string | undefined, only: string | undefined, cwd: string): Promise<Arms> => {
  const { layer, file: path = armsFile } = await loadConfig(file ?? armsFile, cwd);
  const all = Object.entries(layer).map(([name, strategies]): Arm => {
    const { strategies: checked } = checkConfig({ data_dir: ".", strategies }, `${path}  ${name}`);
    return { name, strategies: checked };
  });
  const wanted = only?.split(",").map((name) => name.trim());
  const unknown = wanted?.find((name) => !all.some((arm) => arm.name === name));
  if (unknown !== undefined)
    throw armsUnknown(
      unknown,
      all.map(({ name }) => name),
      path,
    );
  return {
    arms: wanted === undefined ? all : all.filter(({ name }) => wanted.includes(name)),
    source: { kind: "file", path },
  };
};

/** The arms that the bench compares where no others are named: YAML, a chain by name. */
export const armsFile = fileURLToPath(new URL("../../arms.yaml", import.meta.url));
