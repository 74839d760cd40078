import type { Builtins, HubServer } from "@aide-ts/core";
import type { Secrets } from "./secrets.ts";

export type EnvironmentVariables = Readonly<Record<string, string>>;

/** What a run may know of the process that it runs in. */
export interface RunHost {
  /** Relative paths that a caller gives are meant from here. */
  readonly cwd: string;
  readonly env: EnvironmentVariables;
  /** What must not be written anywhere. */
  readonly secrets: Secrets;
  /** Plugins that go by short names. */
  readonly builtins: Builtins;
  /** What serves models of the hub on this machine; asked only where a config names such a model alone. */
  readonly hubServer: () => Promise<HubServer>;
  /** Folder of example tasks, which `data_dir=example_tasks/…` finds from anywhere. */
  readonly examples?: string | undefined;
}
