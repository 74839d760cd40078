import { merge } from "@aide-ts/core";
import { openConfig, rawConfigOf, type OpenedTask } from "@aide-ts/run";
import type { RunHost } from "@aide-ts/run/host";
import type { Plan } from "./plan.ts";

/**
 * The arms with their settings and plugins, whatever their tasks are: no data are looked for.
 * @param file the ablation's file
 * @throws what resolving a config and loading plugins throw
 */
export const openArms = (
  { base, arms }: Plan,
  file: string,
  host: RunHost,
): Promise<readonly Pick<OpenedTask, "config" | "plugins">[]> =>
  Promise.all(
    arms.map(({ change }) => {
      const values = merge(merge(base, change), { data_dir: "." });
      const raw = rawConfigOf(values, { kind: "file", path: file }, host);
      return openConfig(raw, host, { goal: "", evaluation: "" });
    }),
  );
