import { literalMarks } from "./literal-marks.ts";
import { marksIn, type Mark } from "./marks.ts";

interface Stretch {
  readonly kind: "thought" | "text";
  readonly text: string;
}

export interface Stretches {
  readonly stretches: readonly Stretch[];
  /** The last thought was never closed. */
  readonly open: boolean;
}

/**
 * Splits an answer at the marks of thoughts. A closer without an opener ends a thought that began with the answer, because chat templates often put the
 * opener into the prompt; an opener without a closer is a thought that was cut off. Marks in strings and comments of code are left alone.
 */
export const stretchesOf = (answer: string): Stretches => {
  const marks = marksIn(answer);
  const thought = leadingThought(marks, answer);
  const isAll = marks.length === thought.marks;
  const literal = isAll ? new Set<Mark>() : literalMarks(answer, marks, thought.end);
  return split(
    answer,
    marks.filter((mark) => !literal.has(mark)),
  );
};

/** The usual answer begins with a thought, which its first closer ends, whatever code it holds. */
const leadingThought = (marks: readonly Mark[], answer: string): { readonly marks: number; readonly end: number } => {
  const [first] = marks;
  const isLeading = first?.side === "opener" && first.at === answer.search(/\S/);
  const closer = isLeading ? marks.findIndex(({ side, of }) => side === "closer" && of === first.of) : -1;
  return { marks: closer + 1, end: marks[closer]?.end ?? 0 };
};

const split = (answer: string, marks: readonly Mark[]): Stretches => {
  const lastCloser = new Map(marks.flatMap(({ side, of }, at) => (side === "closer" ? [[of, at] as const] : [])));
  // A closer of another kind ends a thought that its own never does.
  const ends = (mark: Mark, at: number, open: Mark) => mark.of === open.of || (lastCloser.get(open.of) ?? -1) < at;
  let stretches: Stretch[] = [];
  let from = 0;
  let opener: Mark | undefined;
  const push = (kind: Stretch["kind"], to: number) => void stretches.push({ kind, text: answer.slice(from, to) });
  for (const [at, mark] of marks.entries()) {
    if (opener !== undefined) {
      if (mark.side === "opener" || !ends(mark, at, opener)) continue;
      push("thought", mark.at);
      opener = undefined;
    } else if (mark.side === "opener") {
      push("text", mark.at);
      opener = mark;
    } else stretches = [{ kind: "thought", text: answer.slice(0, mark.at) }];
    from = mark.end;
  }
  push(opener === undefined ? "text" : "thought", answer.length);
  return { stretches, open: opener !== undefined };
};
