import { readFile } from "node:fs/promises";
import { join } from "node:path";
import writeFileAtomic from "write-file-atomic";
import { z } from "zod";
import { sealBroken, sealMissing, sealUnreadable } from "../errors.ts";
import type { TaskStore } from "../store/task-store.ts";
import { hashOf, type Setup } from "./setup.ts";

const sealFile = z.object({
  sealed: z.string(),
  version: z.string(),
  hash: z.string(),
  setup: z.record(z.string(), z.string()),
  /** Seals that stood before: what ran under them was another setup. */
  earlier: z.array(z.object({ sealed: z.string(), version: z.string(), hash: z.string() })),
});

/** A setup that was frozen before the sealed tasks of a suite are run. */
export type Seal = z.output<typeof sealFile>;

const pathOf = ({ publicRoot }: TaskStore, suite: string): string => join(publicRoot, suite, "seal.json");

/** `undefined` where the suite was never sealed. @throws AIDE_SEAL_UNREADABLE */
export const readSeal = async (store: TaskStore, suite: string): Promise<Seal | undefined> => {
  const path = pathOf(store, suite);
  const written = await readFile(path, "utf8").catch(() => undefined);
  if (written === undefined) return undefined;
  try {
    return sealFile.parse(JSON.parse(written));
  } catch (cause) {
    throw sealUnreadable(path, cause);
  }
};

/** Freezes a setup for a suite; one that stood before is remembered, and the same one stays as it is. */
export const writeSeal = async (
  store: TaskStore,
  suite: string,
  setup: Setup,
  { version, at }: { readonly version: string; readonly at: Date },
): Promise<Seal> => {
  const before = await readSeal(store, suite);
  const hash = hashOf(setup);
  if (before?.hash === hash) return before;
  const earlier =
    before === undefined
      ? []
      : [...before.earlier, { sealed: before.sealed, version: before.version, hash: before.hash }];
  const seal = { sealed: at.toISOString(), version, hash, setup: { ...setup }, earlier };
  await writeFileAtomic(pathOf(store, suite), `${JSON.stringify(seal, undefined, 2)}\n`);
  return seal;
};

/** What is not as it was frozen. */
export const changedParts = (seal: Pick<Seal, "setup">, setup: Setup): readonly string[] =>
  [...new Set([...Object.keys(seal.setup), ...Object.keys(setup)])]
    .filter((part) => seal.setup[part] !== setup[part])
    .toSorted();

/** Under which setup a task runs. */
export type Sealed =
  | { readonly kind: "sealed"; readonly hash: string }
  /** What came of it shows no more than that something may be so. */
  | { readonly kind: "exploratory"; readonly hash: string; readonly why: string };

/**
 * Whether a sealed task may run under this setup.
 * @param unseal run all the same, as an exploration
 * @param overridden prompts that the config takes from files of its own
 * @throws AIDE_SEAL_MISSING, AIDE_SEAL_BROKEN
 */
export const checkSeal = async (
  task: string,
  suite: string,
  store: TaskStore,
  {
    setup,
    overridden,
    unseal,
  }: { readonly setup: Setup; readonly overridden: readonly string[]; readonly unseal: boolean },
): Promise<Sealed> => {
  const hash = hashOf(setup);
  const seal = await readSeal(store, suite);
  const changed =
    seal === undefined ? [] : [...changedParts(seal, setup), ...overridden.map((name) => `prompt ${name}`)];
  if (seal !== undefined && changed.length === 0) return { kind: "sealed", hash };
  if (unseal)
    return {
      kind: "exploratory",
      hash,
      why: seal === undefined ? "no setup was frozen" : `changed: ${listed(changed)}`,
    };
  throw seal === undefined ? sealMissing(task, suite) : sealBroken(task, listed(changed), seal.sealed);
};

const shown = 6;
const listed = (parts: readonly string[]): string =>
  `${parts.slice(0, shown).join(", ")}${parts.length > shown ? ` and ${parts.length - shown} more` : ""}`;
