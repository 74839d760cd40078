import { readable, type Readable } from "../repair/readable.ts";

/** A stretch of an answer that holds code, whatever it is wrapped in. */
export interface CodeBlock extends Readable {
  /** `false` for one that the answer broke off in. */
  readonly closed: boolean;
  /** Where it begins and ends in the answer, with its wrapper. */
  readonly start: number;
  readonly end: number;
  /** What stands beside the code in a JSON object. */
  readonly plan?: string;
}

export interface Place {
  readonly closed: boolean;
  readonly start: number;
  readonly end: number;
}

export const blockOf = (body: string, { closed, start, end }: Place): CodeBlock => ({
  ...readable(body),
  closed,
  start,
  end,
});
