import { thoughtMarks } from "@aide-ts/plugin";

/** An opener or a closer of a thought in an answer. */
export interface Mark {
  readonly side: "opener" | "closer";
  /** Place of its pair in the table of marks. */
  readonly of: number;
  readonly at: number;
  readonly end: number;
}

const known: ReadonlyMap<string, Pick<Mark, "side" | "of">> = new Map<string, Pick<Mark, "side" | "of">>(
  thoughtMarks.flatMap(({ opener, closer }, of) => [
    [opener, { side: "opener", of }],
    [closer, { side: "closer", of }],
  ]),
);

const escaped = (text: string): string => text.replaceAll(/[[\]\\/^$.|?*+(){}]/g, String.raw`\$&`);

const any = new RegExp(
  [...known.keys()]
    .sort((a, b) => b.length - a.length)
    .map(escaped)
    .join("|"),
  "g",
);

/** The marks of thoughts in an answer, in order. */
export const marksIn = (answer: string): readonly Mark[] =>
  [...answer.matchAll(any)].flatMap(({ index, 0: text }) => {
    const mark = known.get(text);
    return mark === undefined ? [] : [{ ...mark, at: index, end: index + text.length }];
  });
