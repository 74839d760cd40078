import { seededRandom } from "@aide-ts/core";
import type { Cells, MadeUp } from "./made-up-competitions.ts";

const rows = 50;

/** Answers and a submission of competitions that are not in the Lite split, in their layout: their metric is read from their pages. */
export const others: readonly (Omit<MadeUp, "description"> & { readonly submission: Cells })[] = [
  other("spaceship-titanic", "PassengerId", ["Transported"], (random) => (random() < 0.5 ? "True" : "False")),
  other(
    "playground-series-s3e18",
    "id",
    ["EC1", "EC2"],
    (random) => Number(random() < 0.5),
    (random) => random(),
  ),
  other(
    "plant-seedlings-classification",
    "file",
    ["species"],
    (random) => ["Maize", "Charlock", "Fat Hen"][Math.floor(3 * random())]!,
    undefined,
    "answers.csv",
  ),
  other(
    "us-patent-phrase-to-phrase-matching",
    "id",
    ["score"],
    (random) => Math.floor(5 * random()) / 4,
    (random) => random(),
  ),
  other("petfinder-pawpularity-score", "Id", ["Pawpularity"], (random) => 1 + Math.floor(99 * random())),
  other(
    "invasive-species-monitoring",
    "name",
    ["invasive"],
    (random) => Number(random() < 0.5),
    (random) => random(),
    "answers.csv",
  ),
];

function other(
  id: string,
  key: string,
  targets: readonly string[],
  answer: (random: () => number) => string | number,
  prediction = answer,
  answersName = "test.csv",
) {
  const random = seededRandom(id);
  const table = (of: typeof answer): Cells => [
    [key, ...targets],
    ...Array.from({ length: rows }, (_, row) => [row + 1, ...targets.map(() => of(random))]),
  ];
  const sample: Cells = [
    [key, ...targets],
    ...Array.from({ length: rows }, (_, row) => [row + 1, ...targets.map(() => 0)]),
  ];
  return {
    id,
    answersName,
    answers: table(answer),
    submission: table(prediction),
    sampleName: "sample_submission.csv",
    sample,
    train: [["x"], [1]],
  };
}
