import { pluginHost, type RunHost } from "@aide-ts/run/host";
import { launchFolderOf } from "../conduct/open-launcher.ts";
import { thawPlan } from "../folder/frozen-plan.ts";
import { sharedWith, type WorkerArguments } from "../servers/shared-with.ts";
import { SharedServers } from "../servers/shared-servers.ts";
import { cellsOf } from "./cells.ts";
import { makeCells } from "./make-cells.ts";

export interface NumberedCells {
  /** The ablation's folder. */
  readonly root: string;
  /** In `cellsOf(plan)`; others are passed over. */
  readonly numbers: readonly number[];
  /** What is shared with other processes that make cells. */
  readonly shared: WorkerArguments;
  readonly host: RunHost;
  readonly notify: (line: string) => void;
  readonly log: (line: string) => void;
  readonly signal: AbortSignal;
}

/**
 * What a process does that a launcher starts: makes cells of a frozen plan by their numbers.
 * @throws AIDE_ABLATION_CHANGED, AIDE_ABLATION_UNREADABLE
 */
export const makeNumberedCells = async ({
  root,
  numbers,
  shared,
  host,
  notify,
  log,
  signal,
}: NumberedCells): Promise<void> => {
  const { plan, file } = await thawPlan(root, host.secrets.mask);
  const all = cellsOf(plan);
  await using servers = new SharedServers(pluginHost(host, launchFolderOf(root), log), signal);
  using lifetime = new DisposableStack();
  const given = { ...(await sharedWith(shared, servers)), lifetime };
  await makeCells(
    numbers.flatMap((number) => all[number] ?? []),
    { plan, root, file, host, ...given, observe: () => undefined, notify, signal },
    ({ folder }, { ending }) => notify(`${folder}: ${ending.kind}`),
  );
};
