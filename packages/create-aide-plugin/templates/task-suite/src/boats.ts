import type { SuiteTask } from "@aide-ts/plugin";

const task: SuiteTask = { name: "boats", title: "Fuel use of boats", kind: "regression", part: "development" };

const taskFile = `title: ${task.title}
kind: ${task.kind}
goal: Predict the fuel use of a boat in litres an hour
eval: Mean absolute error
metric: mae
target: litres
id: boat
`;

interface Boat {
  readonly length: number;
  readonly knots: number;
  readonly litres: number;
}

/** The same boats each time: tasks are compared by their bytes. */
const boat = (number: number): Boat => {
  const length = 5 + ((number * 7) % 17);
  const knots = 4 + ((number * 11) % 13);
  return { length, knots, litres: length * 2 + knots ** 2 / 4 + ((number * 5) % 4) };
};

const table = (header: string, from: number, to: number, row: (boat: Boat) => readonly number[]): string =>
  [header, ...Array.from({ length: to - from }, (_, at) => [from + at, ...row(boat(from + at))].join(",")), ""].join(
    "\n",
  );

/** `public/` is what a run sees, `private/` what grades it. */
const files = (): Readonly<Record<string, string>> => ({
  "task.yaml": taskFile,
  "public/train.csv": table("boat,length,knots,litres", 0, 300, ({ length, knots, litres }) => [length, knots, litres]),
  "public/test.csv": table("boat,length,knots", 300, 400, ({ length, knots }) => [length, knots]),
  "private/answers.csv": table("boat,litres", 300, 400, ({ litres }) => [litres]),
});

export const boats = { task, files };
