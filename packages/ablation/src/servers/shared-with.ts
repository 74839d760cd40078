import { readFile } from "node:fs/promises";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { turnsIn } from "@aide-ts/process-lock";
import { z } from "zod";
import type { MakeOptions } from "../cells/make-cell.ts";
import type { SharedServers } from "./shared-servers.ts";

/** What `WorkerCommand` gave a worker. */
export interface WorkerArguments {
  /** A file of server options. */
  readonly servers?: string | undefined;
  /** Scripts that run at a time on this machine. */
  readonly scripts?: number | undefined;
}

const serverOptions = z.record(z.string(), z.unknown());

/** What a worker shares with the others of its machine; servers that nobody started for it are its own, for all its cells. */
export const sharedWith = async (
  { servers, scripts }: WorkerArguments,
  own: SharedServers,
): Promise<Pick<MakeOptions, "servers" | "turns">> => {
  const given = servers === undefined ? undefined : serverOptions.parse(JSON.parse(await readFile(servers, "utf8")));
  return {
    servers: given === undefined ? (plugins) => own.start(plugins) : () => Promise.resolve(given),
    turns: scripts === undefined ? undefined : turnsIn(join(tmpdir(), `aide-turns-${userInfo().uid}`), scripts),
  };
};
