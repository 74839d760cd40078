import { PromptBook } from "@aide-ts/core";
import { z } from "zod";
import { servedBy } from "../compose/ready.ts";
import { classesIn, readsOf, taskIn } from "../record/record.ts";
import { coderLists, promptSources } from "../task/prepare-prompts.ts";
import { deterministicInputs } from "./deterministic-inputs.ts";
import type { RecordedTask } from "./recorded-task.ts";

const recordedModels = z.record(z.string(), z.object({ model: z.string(), has: z.array(z.string()) }));

/** The deterministic inputs of a run, from what it recorded of its task and models and from the prompts and plugins as they are now. */
export const recordedInputs = async ({ request: { config, plugins, initialScript }, record }: RecordedTask) => {
  const sources = await promptSources(config.prompts, plugins.prompts);
  const task = taskIn(record);
  const capabilities = new Map(Object.entries(recordedModels.parse(record.models)));
  const modelOf = (role: string): string => servedBy(capabilities, role)?.model ?? "";
  const prompts = {
    book: new PromptBook(sources, record.brief),
    skeleton: record.skeleton,
    ...coderLists(sources, { classes: classesIn(record), metric: task.metric }),
    reads: readsOf(record),
  };
  return {
    modelOf,
    inputs: deterministicInputs({ config, plugins, task, prompts, capabilities, modelOf, initialScript }),
  };
};
