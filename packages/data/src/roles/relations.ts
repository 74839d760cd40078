import type { Table } from "../dataset.ts";
import type { Relation } from "../reader/answers.ts";
import type { DataReader, Question } from "../reader/data-reader.ts";

/** How tables agree, asked once each; what is asked in one go is answered from one pass over each table. */
export class Relations {
  readonly #reader: Pick<DataReader, "relate" | "join">;
  readonly #known = new Map<string, Promise<Relation>>();
  #waiting: Question[] = [];
  #answers: Promise<readonly Relation[]> | undefined;

  constructor(reader: Pick<DataReader, "relate" | "join">) {
    this.#reader = reader;
  }

  of(first: Table, columns: readonly string[], second: Table, others: readonly string[] = columns): Promise<Relation> {
    const question: Question = { first: first.path, columns, second: second.path, others };
    const key = JSON.stringify(question);
    const known = this.#known.get(key) ?? this.#ask(question);
    this.#known.set(key, known);
    return known;
  }

  /** Parts of a table as one. */
  join(first: Table, parts: readonly Table[]): Promise<Table> {
    return this.#reader.join(first, parts);
  }

  async #ask(question: Question): Promise<Relation> {
    const at = this.#waiting.push(question) - 1;
    this.#answers ??= this.#send();
    const answer = (await this.#answers)[at];
    return answer ?? { rows: [0, 0], unique: [0, 0], shared: 0, aligned: false };
  }

  async #send(): Promise<readonly Relation[]> {
    await Promise.resolve();
    const questions = this.#waiting;
    [this.#waiting, this.#answers] = [[], undefined];
    return this.#reader.relate(questions);
  }
}

/** Each row has its own value on both sides, and the values are the same ones. */
export const isSameRows = ({ rows, unique, shared }: Relation): boolean =>
  rows[0] === rows[1] && unique[0] === rows[0] && unique[1] === rows[1] && shared === rows[0] && shared > 0;

/** Each row has its own value on both sides, and none is on both. */
export const isApart = ({ rows, unique, shared }: Relation): boolean =>
  shared === 0 && unique[0] === rows[0] && unique[1] === rows[1];

export const isUnique = ({ rows, unique }: Relation): boolean => unique[0] === rows[0] && unique[1] === rows[1];
