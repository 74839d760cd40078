import { PromptBook } from "@aide-ts/core";
import { z } from "zod";
import { loadPlugins } from "./compose.ts";
import { decisions } from "./decisions.ts";
import { directionsFor, promptSources } from "./prepare-prompts.ts";
import { classesIn, readsOf, taskIn } from "./record.ts";
import type { Reopened } from "./reopen.ts";
import { servedBy } from "./served-by.ts";

const recordedModels = z.record(z.string(), z.object({ model: z.string(), has: z.array(z.string()) }));

/** What decides of a run, from what it recorded of its task and models and from the prompts and plugins as they are now. */
export const recordedDecisions = async ({ asked: { config, source, first }, record }: Reopened) => {
  const plugins = await loadPlugins(config, source);
  const sources = await promptSources(config.prompts, plugins.prompts);
  const task = taskIn(record);
  const capabilities = new Map(Object.entries(recordedModels.parse(record.models)));
  const modelOf = (role: string): string => servedBy(capabilities, role)?.model ?? "";
  const prompts = {
    book: new PromptBook(sources, record.brief),
    skeleton: record.skeleton,
    directions: directionsFor(sources, classesIn(record)),
    reads: readsOf(record),
  };
  return {
    modelOf,
    decided: decisions({ config, plugins, task, prompts, capabilities, modelOf, first }),
  };
};
