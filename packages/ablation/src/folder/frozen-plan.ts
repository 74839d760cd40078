import { mkdir, readFile } from "node:fs/promises";
import { join, relative, resolve } from "node:path";
import { digest, isLayer } from "@aide-ts/core";
import writeFileAtomic from "write-file-atomic";
import { z } from "zod";
import { readSettled } from "../cells/cell-record.ts";
import { cellsOf } from "../cells/cells.ts";
import { ablationChanged, ablationEdited, ablationUnreadable, seedsChanged } from "../errors.ts";
import type { Plan } from "../plan/plan.ts";
import { readPlan } from "../plan/read-plan.ts";
import { ablationSchema } from "../plan/schema.ts";

const layer = z.record(z.string(), z.unknown());
const { outcome, tokens, drafts, steps, alpha, retries } = ablationSchema.shape;

const planSchema: z.ZodType<Plan> = z.strictObject({
  name: z.string(),
  base: layer,
  tasks: z.array(z.strictObject({ name: z.string(), values: layer })),
  seeds: z.array(z.number()),
  arms: z.array(
    z.strictObject({ name: z.string(), change: layer, levels: z.record(z.string(), z.string()).optional() }),
  ),
  contrasts: z.array(z.strictObject({ name: z.string(), coefficients: z.array(z.number()) })),
  outcome,
  tokens,
  drafts,
  steps,
  sequential: z.strictObject({ shape: z.enum(["obrien-fleming", "pocock"]), futility: z.number() }).optional(),
  power: z.strictObject({ effect: z.number(), betweenTasks: z.number(), shared: z.number(), cell: z.number() }),
  alpha,
  retries,
});

const fileSchema = z.strictObject({
  format: z.literal(1),
  version: z.string(),
  /** When it was frozen, before the first cell. */
  begun: z.string(),
  /** The ablation's file, from this folder: what makes cells reads it anew, as secrets are not kept here. */
  file: z.string(),
  /** Of everything that was decided then, seeds included. */
  digest: z.string(),
  /** Seeds that were added when results could be seen. */
  added: z.array(z.number()),
  plan: planSchema,
});

/** A plan as an ablation was begun with, its secrets masked. */
export type FrozenPlan = z.output<typeof fileSchema>;

const file = "plan.json";

/** @throws AIDE_ABLATION_UNREADABLE, AIDE_ABLATION_EDITED where the plan is not the one that was frozen */
export const readFrozenPlan = async (root: string): Promise<FrozenPlan> => {
  const path = join(root, file);
  const frozen = await readFile(path, "utf8")
    .then((text) => fileSchema.parse(JSON.parse(text)))
    .catch((cause: unknown) => {
      throw ablationUnreadable(path, cause);
    });
  if (digest(asBegun(frozen)) !== frozen.digest) throw ablationEdited(path);
  return frozen;
};

/** Without the seeds that were added since. */
const asBegun = ({ plan, added }: Pick<FrozenPlan, "plan" | "added">): Plan => ({
  ...plan,
  seeds: plan.seeds.filter((seed) => !added.includes(seed)),
});

export interface Freezing {
  /** The ablation's file. */
  readonly file: string;
  readonly version: string;
  readonly at: Date;
  readonly mask: (text: string) => string;
  /** As many seeds more than the folder has; where some that were added before are not made yet, it continues with those. */
  readonly addSeeds?: number | undefined;
}

/**
 * Writes a plan down before the first cell; a folder that has one already must have the same.
 * @returns the plan with the seeds that the folder has now
 * @throws AIDE_ABLATION_CHANGED, AIDE_ABLATION_UNREADABLE
 */
export const freezePlan = async (
  root: string,
  plan: Plan,
  { file: from, version, at, mask, addSeeds = 0 }: Freezing,
): Promise<Plan> => {
  await mkdir(root, { recursive: true });
  const masked = maskedPlan(plan, mask);
  const begun = await readFile(join(root, file), "utf8").catch(() => undefined);
  const before: FrozenPlan =
    begun === undefined
      ? {
          format: 1,
          version,
          begun: at.toISOString(),
          file: relative(root, from),
          digest: digest(masked),
          added: [],
          plan: masked,
        }
      : await readFrozenPlan(root);
  checkSame(root, before, masked);
  const { seeds } = before.plan;
  const next = Math.max(...seeds) + 1;
  const count = addSeeds > 0 && !(await isAdding(root, plan, before)) ? addSeeds : 0;
  const more = Array.from({ length: count }, (_, at) => next + at);
  const frozen = { ...before, added: [...before.added, ...more], plan: { ...before.plan, seeds: [...seeds, ...more] } };
  await writeFileAtomic(join(root, file), `${JSON.stringify(frozen, null, 2)}\n`);
  return { ...plan, seeds: frozen.plan.seeds };
};

/** Whether seeds that were added are not all made: whoever asks for them once more was stopped or killed. */
const isAdding = async (root: string, plan: Plan, { added }: FrozenPlan): Promise<boolean> => {
  const cells = cellsOf({ ...plan, seeds: added });
  const settled = await Promise.all(cells.map(({ folder }) => readSettled(join(root, folder), plan.retries)));
  return settled.includes(undefined);
};

/**
 * The plan of a folder with its secrets, from the file that it was begun with.
 * @throws AIDE_ABLATION_CHANGED where that file says something else now; what reading it throws
 */
export const thawPlan = async (
  root: string,
  mask: Freezing["mask"],
): Promise<{ readonly plan: Plan; readonly file: string }> => {
  const frozen = await readFrozenPlan(root);
  const path = resolve(root, frozen.file);
  const plan = await readPlan(path);
  checkSame(root, frozen, maskedPlan(plan, mask));
  return { plan: { ...plan, seeds: frozen.plan.seeds }, file: path };
};

/** As JSON holds it, so that what is written and what is compared are one. */
const maskedPlan = (plan: Plan, mask: (text: string) => string): Plan =>
  planSchema.parse(JSON.parse(mask(JSON.stringify(plan))));

const checkSame = (root: string, { added, plan: begun }: FrozenPlan, now: Plan): void => {
  const { seeds: seedsBegun, ...before } = begun;
  const { seeds, ...given } = now;
  const differ = differences(before, given);
  if (differ.length > 0) throw ablationChanged(root, differ);
  const declared = seedsBegun.filter((seed) => !added.includes(seed));
  if (digest(seeds) !== digest(declared)) throw seedsChanged(root, declared);
};

/** Which parts are not the same: `base`, `the arm reflection`. */
const differences = (before: Omit<Plan, "seeds">, given: Omit<Plan, "seeds">): readonly string[] =>
  Object.keys({ ...before, ...given }).flatMap((key) => {
    const [one, other] = [partOf(before, key), partOf(given, key)];
    if (digest(one) === digest(other)) return [];
    if (key !== "arms" && key !== "tasks") return [key];
    const names = [...namesIn(one), ...namesIn(other)];
    const changed = [...new Set(names)].filter((name) => digest(named(one, name)) !== digest(named(other, name)));
    return changed.length === 0 ? [`the order of ${key}`] : changed.map((name) => `the ${key.slice(0, -1)} ${name}`);
  });

const partOf = (plan: object, key: string): unknown => Object.entries(plan).find(([name]) => name === key)?.[1] ?? null;

const listIn = (part: unknown): readonly unknown[] => (Array.isArray(part) ? part : []);

const namesIn = (part: unknown): readonly string[] =>
  listIn(part).flatMap((one) => (isLayer(one) && typeof one["name"] === "string" ? [one["name"]] : []));

const named = (part: unknown, name: string): unknown =>
  listIn(part).find((one) => isLayer(one) && one["name"] === name) ?? null;
