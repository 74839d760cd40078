import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { seededRandom } from "@aide-ts/core";
import { zipOf } from "./zip.ts";

export type Cells = readonly (readonly (string | number)[])[];

const cell = (value: string | number): string =>
  /[",\n]/.test(String(value)) ? `"${String(value).replaceAll('"', '""')}"` : String(value);

export const csv = (rows: Cells): string => rows.map((row) => `${row.map(cell).join(",")}\n`).join("");

/** Files by their path below the root, as MLE-bench prepares them. */
export const dataRoot = (files: Readonly<Record<string, string | Uint8Array>>): string => {
  const root = mkdtempSync(join(tmpdir(), "aide-mlebench-"));
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  return root;
};

export interface MadeUp {
  readonly id: string;
  readonly description: string;
  readonly answersName: string;
  readonly answers: Cells;
  readonly sampleName: string;
  readonly sample: Cells;
  readonly train: Cells;
}

/** The files of a competition; its training table is packed, as many are. */
export const filesOf = (one: MadeUp): Readonly<Record<string, string | Uint8Array>> => ({
  [`${one.id}/prepared/public/description.md`]: one.description,
  [`${one.id}/prepared/public/train.csv.zip`]: zipOf("train.csv", csv(one.train)),
  [`${one.id}/prepared/public/${one.sampleName}`]: csv(one.sample),
  [`${one.id}/prepared/private/${one.answersName}`]: csv(one.answers),
});

const rows = <T>(count: number, of: (row: number) => T): readonly T[] =>
  Array.from({ length: count }, (_, row) => of(row));

/** Three tiny competitions, and one whose answers are a column of labels; none of them is MLE-bench's. */
export const tiny = (): readonly MadeUp[] => {
  const random = seededRandom("tiny competitions");
  const base = { answersName: "test.csv", sampleName: "sample_submission.csv", train: [["x"], [1]] };
  const ids = rows(30, (row) => 1000 + row);
  const kinds = ["ant", "bee", "cat"];
  const labels = ids.map(() => kinds[Math.floor(3 * random())]!);
  const shares = ["ant", "bee", "cat"].map(() => 0.333333);
  return [
    {
      ...base,
      id: "tiny-regression",
      description: "# Prices\n\n## Evaluation\n\nSubmissions are scored on the root mean squared error (RMSE).\n",
      answers: [["id", "price", "x"], ...ids.map((id) => [id, 100 * random(), random()])],
      sample: [["id", "price"], ...ids.map((id) => [id, 0])],
    },
    {
      ...base,
      id: "tiny-binary",
      description: "# Churn\n\n## Evaluation\n\nSubmissions are evaluated on area under the ROC curve.\n",
      answersName: "answers.csv",
      answers: [["name", "churn"], ...ids.map((id) => [`c${id}`, random() < 0.4 ? 1 : 0])],
      sampleName: "sampleSubmission.csv",
      sample: [["name", "churn"], ...ids.map((id) => [`c${id}`, 0.5])],
    },
    {
      ...base,
      id: "tiny-classes",
      description: "# Animals\n\n## Evaluation\n\nSubmissions are evaluated using the multi-class logarithmic loss.\n",
      answers: [
        ["id", ...kinds],
        ...ids.map((id, row) => [id, ...kinds.map((kind) => (kind === labels[row] ? 1 : 0))]),
      ],
      sample: [["id", ...kinds], ...ids.map((id) => [id, ...shares])],
    },
    {
      ...base,
      id: "tiny-labels",
      description: "# Animals\n\n## Evaluation\n\nSubmissions are evaluated using the multi-class logarithmic loss.\n",
      answers: [["id", "species"], ...ids.map((id, row) => [id, labels[row]!])],
      sample: [["id", ...kinds], ...ids.map((id) => [id, ...shares])],
    },
  ];
};
