import {
  buildCommand,
  type Command,
  type CommandContext,
  type StricliProcess,
  type TypedCommandParameters,
} from "@stricli/core";
import type { Shell } from "../shell.ts";

/** What a command is run with. */
export interface Context extends CommandContext {
  readonly process: StricliProcess;
  readonly shell: Shell;
}

/** A command, given its flags and arguments; gives the exit code. */
type Run<FLAGS, ARGS extends readonly unknown[]> = (shell: Shell, flags: FLAGS, ...args: ARGS) => Promise<number>;

export interface Declaration<
  FLAGS extends Readonly<Partial<Record<keyof FLAGS, unknown>>>,
  ARGS extends readonly unknown[],
> {
  /** Loads the command's code, only where it is run: a start takes no longer than its command needs. */
  readonly load: () => Promise<Run<FLAGS, ARGS>>;
  readonly brief: string;
  /** Further sentences of its help. */
  readonly details?: string;
  readonly example: string;
  /** In place of the usage line that follows from the parameters. */
  readonly usage?: string;
  readonly parameters: NoInfer<TypedCommandParameters<FLAGS, ARGS, Context>>;
}

/** Declares a command: from its flags and arguments follow how they are read and its help. */
export const command = <
  const FLAGS extends Readonly<Partial<Record<keyof FLAGS, unknown>>>,
  const ARGS extends readonly unknown[],
>(
  declared: Declaration<FLAGS, ARGS>,
): Command<Context> => {
  const { load, brief, details = "", example, usage, parameters } = declared;
  const docs = {
    brief,
    fullDescription: `${brief}${details === "" ? "" : `\n${details}`}\n\nexample\n  ${example}`,
    ...(usage === undefined ? {} : { customUsage: [usage] }),
  };
  return buildCommand<FLAGS, ARGS, Context>({
    loader: async () => {
      const run = await load();
      return async function (flags, ...args) {
        this.process.exitCode = await run(this.shell, flags, ...args);
      };
    },
    parameters,
    docs,
  });
};
