import {
  type Application,
  buildApplication,
  buildRouteMap,
  type Command,
  type InputCompletion,
  type RouteMap,
  text_en,
} from "@stricli/core";
import type { Context } from "./command.ts";
import { configCommands } from "./config.ts";
import { experimentCommands } from "./experiments.ts";
import { machineCommands } from "./machine.ts";
import { runCommands } from "./runs.ts";
import { taskCommands } from "./tasks.ts";
import type { Failure } from "../terminal/failure.ts";

const routes = { ...runCommands, ...machineCommands, ...configCommands, ...experimentCommands, ...taskCommands };
// A command called `constructor` is looked for in it.
Object.setPrototypeOf(routes, null);

export const commandNames = Object.keys(routes);

/** The commands that one is made of; none of one that is no group. The library proposes what the group's standard takes in their place. */
export const actionsOf = (name: string): readonly InputCompletion[] => {
  const found: Command<Context> | RouteMap<Context> | undefined = Object.entries(routes).find(
    ([key]) => key === name,
  )?.[1];
  if (found === undefined || !("getAllEntries" in found)) return [];
  return found
    .getAllEntries()
    .flatMap(({ name: { original }, target: { brief }, hidden }) =>
      hidden ? [] : [{ kind: "routing-target:command", completion: original, brief }],
    );
};

const overview = `solve machine-learning tasks with small open language models

often used keys
  agent.steps=20            steps of the search            budget.time=1h   time limit
  backend.use=llamacpp      model server                   seed=0           repeats a run
  agent.code.model=<name>   model; the name picks the backend
  strategies=[]             strategies around the coder    slots=1          proposals at a time

example
  aide data_dir=example_tasks/house_prices goal="Predict the sales price for each house" \\
       eval="Use the RMSE metric between the logarithm of the predicted and observed values."`;

/** All commands. Failures are handed over as they are: what becomes text needs more code than a help text. */
export const application = (failed: (failure: Failure) => void): Application<Context> => {
  const keep = (failure: Failure): string => {
    failed(failure);
    return "";
  };
  const thrown = (error: unknown): string => keep({ kind: "command", error });
  return buildApplication(
    buildRouteMap<string, Context>({ routes, docs: { brief: "aide", fullDescription: overview } }),
    {
      name: "aide",
      versionInfo: { getCurrentVersion: async () => (await import("@aide-ts/run/host")).version() },
      scanner: {
        caseStyle: "allow-kebab-for-camel",
        allowArgumentEscapeSequence: true,
        distanceOptions: { threshold: 3, weights: { insertion: 1, deletion: 1, substitution: 1, transposition: 1 } },
      },
      documentation: { disableAnsiColor: true },
      localization: {
        text: {
          ...text_en,
          headers: { usage: "usage", aliases: "aliases", commands: "commands", flags: "flags", arguments: "arguments" },
          briefs: {
            ...text_en.briefs,
            help: "print this",
            version: "print the version",
            argumentEscapeSequence: "all that follows are arguments",
          },
          noCommandRegisteredForInput: ({ input }) => keep({ kind: "unknown-command", name: input }),
          exceptionWhileParsingArguments: (error) => keep({ kind: "arguments", error }),
          exceptionWhileLoadingCommandFunction: thrown,
          exceptionWhileLoadingCommandContext: thrown,
          exceptionWhileRunningCommand: thrown,
          exceptionWhileRunningIntegrationFlag: ({ exception }) => thrown(exception),
        },
      },
    },
  );
};
