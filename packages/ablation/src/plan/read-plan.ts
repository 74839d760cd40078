import { basename, dirname, extname, resolve } from "node:path";
import { digest, isLayer, loadLayer, readConfigFile, suggest, type Layer } from "@aide-ts/core";
import { counted } from "@aide-ts/run/report";
import { fewestTasks } from "@aide-ts/statistics";
import { ablationInvalid, armChangesNothing } from "../errors.ts";
import type { Plan, PlannedTask } from "./plan.ts";
import { readArms } from "./read-arms.ts";
import { readContrasts } from "./read-contrasts.ts";
import { ablationSchema, type AblationFile } from "./schema.ts";

/**
 * Reads an ablation's file and what it names, and checks all that can be without a task at hand.
 * @param path absolute
 * @throws AIDE_ABLATION_INVALID, AIDE_ABLATION_ARM, AIDE_ABLATION_CONTRAST, what reading a config throws
 */
export const readPlan = async (path: string): Promise<Plan> => {
  const written = check(await readConfigFile(path), path);
  const { outcome, tokens, drafts, steps, sequential, power, alpha, retries } = written;
  const arms = await readArms(written, path);
  for (const [at, arm] of arms.entries()) {
    const same = arms.slice(0, at).find(({ change }) => digest(change) === digest(arm.change));
    if (same !== undefined) throw armChangesNothing(arm.name, same.name);
  }
  const [tasks, contrasts] = [await readTasks(written.tasks, path), readContrasts(written.contrasts, arms)];
  const needed = fewestTasks(contrasts.length, alpha);
  if (sequential !== undefined && tasks.length < needed)
    throw ablationInvalid(path, [
      `sequential looks need ${needed} tasks for ${counted(contrasts.length, "contrast")}, and there are ${tasks.length}`,
    ]);
  if (steps === "shared" && drafts === "own")
    throw ablationInvalid(path, ["steps: shared shares the first drafts too; leave out drafts: own"]);
  return {
    name: written.name ?? basename(path, extname(path)),
    base: await loadLayer(written.base, path),
    tasks,
    seeds: readSeeds(written.seeds, path),
    arms,
    contrasts,
    outcome,
    tokens,
    drafts,
    ...(steps === undefined ? {} : { steps }),
    sequential,
    power,
    alpha,
    retries,
  };
};

const check = (content: unknown, path: string): AblationFile => {
  const checked = ablationSchema.safeParse(content);
  if (checked.success) return checked.data;
  throw ablationInvalid(
    path,
    checked.error.issues.flatMap((issue) =>
      issue.code === "unrecognized_keys"
        ? issue.keys.map((key) => unknownKey(key))
        : [`${issue.path.join(".") || "it"}: ${issue.message}`],
    ),
  );
};

const unknownKey = (key: string): string => {
  const meant = suggest(key, Object.keys(ablationSchema.shape));
  return `unknown key "${key}"${meant === undefined ? "" : ` (did you mean "${meant}"?)`}`;
};

const readSeeds = (written: AblationFile["seeds"], path: string): readonly number[] => {
  const seeds = typeof written === "number" ? Array.from({ length: written }, (_, seed) => seed) : written;
  const repeated = seeds.find((seed, at) => seeds.indexOf(seed) !== at);
  if (repeated !== undefined) throw ablationInvalid(path, [`the seed ${repeated} stands twice in seeds`]);
  return seeds;
};

const readTasks = async (written: AblationFile["tasks"], path: string): Promise<readonly PlannedTask[]> => {
  const tasks = await Promise.all(
    written.map(async (task): Promise<PlannedTask> => {
      // As elsewhere, a path begins with a dot or a slash, and is meant from the file.
      if (typeof task === "string" && /^[./]/.test(task))
        return { name: basename(task), values: { task: resolve(dirname(path), task) } };
      if (typeof task === "string") return { name: task, values: { task } };
      const { name, ...values } = await loadLayer(task, path);
      return { name: nameOf(name, values, path), values };
    }),
  );
  const repeated = tasks.find(({ name }, at) => tasks.findIndex((one) => one.name === name) !== at);
  if (repeated !== undefined) throw ablationInvalid(path, [`the task "${repeated.name}" stands twice in tasks`]);
  return tasks;
};

const nameOf = (name: unknown, values: Layer, path: string): string => {
  const found = name ?? values["task"] ?? values["mlebench"] ?? values["data_dir"];
  if (typeof found !== "string" || isLayer(found)) throw ablationInvalid(path, ["a task in tasks has no name"]);
  return basename(found);
};
