import { fileURLToPath } from "node:url";
import type { Executor, Json, RunningProgram } from "@aide-ts/plugin";
import { z } from "zod";
import type { Table } from "../dataset.ts";
import * as answers from "./answers.ts";
import { asError } from "./problems.ts";
import { readerFailed } from "../errors.ts";

const program = fileURLToPath(new URL("../../python/converse.py", import.meta.url));

export interface Question {
  /** Paths of tables, and the columns that are compared, in the order of one another. */
  readonly first: string;
  readonly columns: readonly string[];
  readonly second: string;
  readonly others: readonly string[];
}

export type Described = Table | { readonly path: string; readonly problem: answers.Problem } | null;

/**
 * Reads data in the scripts' own Python, so that a cell is here what it is to a script. One process for all that is asked about a folder: what was read
 * is kept.
 */
export class DataReader implements AsyncDisposable {
  readonly #program: RunningProgram;

  private constructor(running: RunningProgram) {
    this.#program = running;
  }

  static async start(
    executor: Pick<Executor, "start">,
    folders: { readonly reads: readonly string[]; readonly writes: readonly string[] },
    signal: AbortSignal,
  ): Promise<DataReader> {
    return new DataReader(await executor.start({ file: program, ...folders }, { signal }));
  }

  /**
   * The table in each file; `null` for a file that holds none, a problem for one that cannot be read. `brief`: without facts that take more than a look
   * at its head.
   */
  describe(root: string, paths: readonly string[], brief = false): Promise<readonly Described[]> {
    return this.ask("describe", { root, paths, brief }, answers.described);
  }

  /** Parts of a table as one: its columns say what all of them hold, the rest what the first is. */
  async join(first: Table, parts: readonly Table[]): Promise<Table> {
    if (parts.length === 0) return first;
    const all = [first, ...parts];
    const columns = await this.ask("describe_parts", { paths: all.map(({ path }) => path) }, answers.columns);
    return { ...first, columns, rows: all.reduce((sum, { rows }) => sum + rows, 0) };
  }

  relate(questions: readonly Question[]): Promise<readonly answers.Relation[]> {
    return questions.length === 0
      ? Promise.resolve([])
      : this.ask("relate", { questions: questions.map((question) => ({ ...question })) }, answers.related);
  }

  /** Releases what was read of a folder. */
  async forget(): Promise<void> {
    await this.ask("forget", {}, z.null());
  }

  /** Copies a folder of plain files. */
  async copy(source: string, target: string): Promise<void> {
    await this.ask("copy", { source, target }, z.null());
  }

  /** @throws AideError what a person must put right, or AIDE_DATA_READER where the program itself failed. */
  async ask<T>(request: string, given: { readonly [key: string]: Json }, schema: z.ZodType<T>): Promise<T> {
    const line = await this.#program.request(JSON.stringify({ ask: request, with: given }));
    const answer = answers.answer.parse(JSON.parse(line));
    if ("problem" in answer) throw asError(answer.problem, undefined);
    if ("crash" in answer) throw readerFailed(request, answer.crash);
    return schema.parse(answer.value);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#program[Symbol.asyncDispose]();
  }
}
