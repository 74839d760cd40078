import { seededRandom } from "@aide-ts/core";
import { metricNamed } from "@aide-ts/evaluation";
import { liteCompetitions, type LiteCompetition } from "../../src/index.ts";
import type { Cells, MadeUp } from "./made-up-competitions.ts";

const rows = 60;
const words = ["two thousand six", "NA", "", "null", "Nan", "1.0", "five, or six", 'he said "no"', "кот", "sil"];

type Random = () => number;

/** Answers of one column; of probabilities both classes occur. */
const answersOf = (lite: LiteCompetition, random: Random, at: number): readonly (string | number)[] => {
  const numbers = (of: (row: number) => number) => Array.from({ length: rows }, (_, row) => of(row));
  if (lite.isText === true) return numbers(() => random()).map((one) => words[Math.floor(one * words.length)]!);
  switch (lite.metric) {
    case "auc":
    case "logloss":
      return numbers((row) => (row < 2 ? row : Number(random() < 0.3)));
    case "quadratic_kappa":
      return numbers(() => Math.floor(5 * random()));
    case "accuracy":
      return numbers(() => 1 + Math.floor(6 * random()));
    default:
      return numbers(() => Math.round(1e4 * random() * (at + 1)) / 1e4);
  }
};

/** Insults are named by their text, which one of them shares with another. */
const idOf = (id: string, row: number): string | number => {
  if (id === "detecting-insults-in-social-commentary")
    return row === 7 ? idOf(id, 3) : `"You, number ${row}"\nare "odd"`;
  return /Id$|^id$/.test(liteCompetitions[id]!.id) && !id.startsWith("text") ? 5000 - row : `row_${row}`;
};

const turned = (columns: Cells): (string | number)[][] =>
  columns[0]!.map((_, row) => columns.map((column) => column[row]!));

/** A made-up competition in the layout of a real one. @param classes its columns where it has one for each class */
export const madeUpLite = (id: string, classes: readonly string[]): MadeUp => {
  const lite = liteCompetitions[id]!;
  const random = seededRandom(id);
  const targets = lite.targets ?? classes;
  const ids = Array.from({ length: rows }, (_, row) => idOf(id, row));
  const labels = ids.map((_, row) => (row < 2 ? row : Math.floor(classes.length * random())));
  const columns = targets.map((_, at) =>
    lite.targets === undefined ? labels.map((label) => Number(label === at)) : answersOf(lite, random, at),
  );
  if (lite.hasUnscored === true) for (const column of columns as number[][]) column[5] = -1;
  const header = [lite.id, ...targets];
  const dates = ids.map((_, row) => (row % 2 === 0 ? "" : "20120603163526Z"));
  const isInsults = id.startsWith("detecting");
  return {
    id,
    description: `# ${id}\n`,
    answersName: lite.answers,
    answers: isInsults
      ? [["Insult", "Date", "Comment", "Usage"], ...turned([columns[0]!, dates, ids, ids.map(() => "PublicTest")])]
      : [header, ...turned([ids, ...columns])],
    sampleName: "sample_submission.csv",
    sample: isInsults
      ? [["Insult", "Date", "Comment"], ...turned([ids.map(() => 0), dates, ids])]
      : [header, ...turned([ids, ...targets.map(() => ids.map(() => 0))])],
    train: [["x"], [1]],
  };
};

/** Predictions that are right now and then, in the form that the metric takes. */
const predictionsOf = (
  { answers }: MadeUp,
  lite: LiteCompetition,
  targets: readonly string[],
  random: Random,
  share: number,
) => {
  const isDistribution = lite.targets === undefined;
  return answers.slice(1).map((row) => {
    const own = targets.map((name) => {
      const truth = row[answers[0]!.indexOf(name)]!;
      if (lite.isText === true) return random() < share ? truth : words[Math.floor(random() * words.length)]!;
      if (metricNamed(lite.metric)!.input === "label") return random() < share ? truth : Math.floor(5 * random());
      if (lite.metric === "rmse" || lite.metric === "rmsle") return Number(truth) + random() * (1 - share);
      const certain = Math.round(share * Number(truth) * 100) / 100;
      return certain + (1 - share) * Math.round(random() * 20) * 0.05;
    });
    const sum = own.reduce<number>((all, value) => all + Number(value), 0);
    return isDistribution ? own.map((value) => (sum === 0 ? 1 / own.length : Number(value) / sum)) : own;
  });
};

/** Submissions of a competition by what is special about them. */
export const submissionsOf = (one: MadeUp): ReadonlyMap<string, Cells> => {
  const lite = liteCompetitions[one.id]!;
  const targets = lite.targets ?? one.sample[0]!.slice(1).map(String);
  const random = seededRandom(one.id, "submissions");
  const at = one.answers[0]!.indexOf(lite.id);
  const ids = one.answers.slice(1).map((row) => row[at]!);
  const header = [lite.id, ...targets];
  const withIds = (predictions: Cells): Cells => [header, ...predictions.map((row, place) => [ids[place]!, ...row])];
  const good = withIds(predictionsOf(one, lite, targets, random, 0.4));
  const poor = withIds(predictionsOf(one, lite, targets, random, 0.1));
  const changed = (row: number, cells: (all: readonly (string | number)[]) => readonly (string | number)[]): Cells =>
    good.map((all, place) => (place === row ? cells(all) : all));
  return new Map<string, Cells>([
    ["good", good],
    ["poor", poor],
    ["perfect", withIds(predictionsOf(one, lite, targets, random, 1))],
    ["constant", withIds(ids.map(() => targets.map(() => (lite.targets === undefined ? 1 / targets.length : 1))))],
    ["with another column", good.map((row, place) => [...row, place === 0 ? "note" : place % 2 === 0 ? "" : "x"])],
    ["short of a row", good.slice(0, -1)],
    ["short of a column", good.map((row) => row.slice(0, -1))],
    ["with a number above 1", changed(4, (row) => [...row.slice(0, -1), 1.5])],
    ["with a number below 0", changed(4, (row) => [...row.slice(0, -1), -0.5])],
    [
      "with a row halved",
      changed(4, ([id, ...all]) => [id!, ...all.map((one) => (typeof one === "number" ? one / 2 : one))]),
    ],
    ["with a word", changed(4, (row) => [...row.slice(0, -1), "high"])],
    ["with a gap", changed(4, (row) => [...row.slice(0, -1), ""])],
    ["with another id", changed(4, (row) => [typeof row[0] === "number" ? 17 : "another", ...row.slice(1)])],
    ["of a header", [header]],
    ["with its rows turned", [header, ...good.slice(1).toReversed()]],
    ["with its columns turned", good.map((row) => [...row.slice(1).toReversed(), row[0]!])],
  ]);
};

const ordered = "MLE-bench's grader goes by the order of rows or columns, not by their names";

/** Submissions that rules of our own grade otherwise than MLE-bench, and why. */
export const unlike: Readonly<Record<string, string>> = {
  "detecting-insults-in-social-commentary: with its rows turned":
    "pandas sorts rows of the same text in no certain order",
  "jigsaw-toxic-comment-classification-challenge: with its columns turned": ordered,
  "new-york-city-taxi-fare-prediction: with another id": ordered,
  "nomad2018-predict-transparent-conductors: with another id": ordered,
  "nomad2018-predict-transparent-conductors: with its rows turned": ordered,
  "nomad2018-predict-transparent-conductors: with a number below 0": "scikit-learn 1.5 takes none",
  "spooky-author-identification: with its columns turned": ordered,
  "tabular-playground-series-dec-2021: with a word": "pandas then reads all labels as words, and none is right",
};
