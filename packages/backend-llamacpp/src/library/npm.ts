import { programOnPath } from "@aide-ts/backend-kit";
import { libraryCorrupt, libraryNotFetched, libraryNotInstalled, npmMissing } from "../errors.ts";

export type Variables = Readonly<Record<string, string | undefined>>;

/** What a user's configuration could say otherwise, and what an installation of exactly the lock must not leave open. */
const flags = [
  "--ignore-scripts",
  "--package-lock",
  "--install-strategy=hoisted",
  "--include=prod",
  "--no-global",
  "--no-dry-run",
  "--no-audit",
  "--no-fund",
  "--no-progress",
  "--no-update-notifier",
  "--loglevel=error",
] as const;

const kept = 4000;
const shownLines = 4;

const complaintsIn = (stderr: string): readonly string[] =>
  stderr
    .slice(-kept)
    .split("\n")
    .flatMap((line) => /^npm (?:error|ERR!)\s+(\S.*)$/.exec(line.trim())?.[1] ?? [])
    .filter((line) => !line.startsWith("A complete log"));

const ofNetwork =
  /^code (E40\d|E5\d\d|ENOTFOUND|ECONN\w+|\w*TIMEDOUT|\w*TIMEOUT|EAI_AGAIN|\w+UNREACH|ENOTCACHED|FETCH_ERROR|UND_ERR\w*)/;

/**
 * Installs what the lock in `folder` says and nothing else, from the registry of the user's npm.
 * Rejects with `AIDE_LLAMACPP_INSTALL`, `AIDE_LLAMACPP_DOWNLOAD` or `AIDE_LLAMACPP_CHECKSUM`, and with the signal's reason.
 */
export const installLocked = async (
  folder: string,
  title: string,
  { env, signal }: { readonly env: Variables; readonly signal: AbortSignal | undefined },
): Promise<void> => {
  signal?.throwIfAborted();
  if (programOnPath("npm", { env: (name) => env[name] }) === undefined) throw npmMissing(title);
  const { execa } = await import("execa");
  const ended = await execa("npm", ["ci", "--prefix", folder, ...flags], {
    cwd: folder,
    env: { ...env },
    extendEnv: false,
    reject: false,
    stdin: "ignore",
    stdout: "ignore",
    forceKillAfterDelay: 2000,
    ...(signal === undefined ? {} : { cancelSignal: signal }),
  });
  signal?.throwIfAborted();
  if (!ended.failed) return;
  const complaints = complaintsIn(ended.stderr ?? "");
  const reason = complaints.slice(0, shownLines).join("; ") || (ended.shortMessage ?? "npm failed");
  if (complaints.some((line) => line.startsWith("code EINTEGRITY"))) throw libraryCorrupt(title, reason);
  if (complaints.some((line) => ofNetwork.test(line))) throw libraryNotFetched(title, reason);
  throw libraryNotInstalled(title, { reason });
};
