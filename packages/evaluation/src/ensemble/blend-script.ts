import type { SubmissionFormat } from "@aide-ts/plugin";
import type { Blending } from "./blending.ts";

export interface BlendMember {
  readonly id: string;
  /** How often it counts. */
  readonly weight: number;
  readonly code: string;
}

/** A script that runs alone: it runs each member's, and writes one submission of theirs. */
export const blendScript = (
  members: readonly BlendMember[],
  blending: Blending,
  { columns, id }: Pick<SubmissionFormat, "columns" | "id">,
): string => {
  const answers = columns.flatMap((name, at) => (id.includes(name) ? [] : [at]));
  const listed = members.map(({ id: name, weight }) => `${name}${weight === 1 ? "" : ` (${weight} times)`}`).join(", ");
  return `"""One submission of ${members.length} scripts: ${listed}; ${summaries[blending]}."""

import csv
import os
from statistics import mean

MEMBERS = [
${members.map(({ id: name, weight, code }) => `    ("${name}", ${weight}, ${literal(code)}),`).join("\n")}
]
ANSWERS = [${answers.join(", ")}]  # columns
PLACES = ["./submission/submission.csv", "./working/submission.csv"]


def submission_of(name, code):
    for place in PLACES:
        if os.path.exists(place):
            os.remove(place)
    exec(compile(code, f"{name}.py", "exec"), {"__name__": "__main__"})
    with open(next(filter(os.path.exists, PLACES)), newline="") as file:
        return list(csv.reader(file))


${functions[blending]}


header, tables = None, []
for name, weight, code in MEMBERS:
    header, *rows = submission_of(name, code)
    tables += [rows] * weight
blend = [list(row) for row in tables[0]]
for column in ANSWERS:
    answers = [[row[column] for row in table] for table in tables]
    for row, value in zip(blend, blended(answers)):
        row[column] = value
for place in PLACES[1:]:
    if os.path.exists(place):
        os.remove(place)
os.makedirs("./submission", exist_ok=True)
with open(PLACES[0], "w", newline="") as file:
    csv.writer(file).writerows([header, *blend])
`;
};

const summaries: Readonly<Record<Blending, string>> = {
  mean: "each answer is their mean",
  ranks: "each answer is the mean of its ranks, between 0 and 1",
  votes: "each answer is the one that most give",
};

const functions: Readonly<Record<Blending, string>> = {
  mean: `def blended(answers):
    return [mean(map(float, row)) for row in zip(*answers)]`,
  ranks: `def ranks(values):
    order = sorted(range(len(values)), key=values.__getitem__)
    ranked, start = [0.0] * len(values), 0
    while start < len(order):
        end = start
        while end < len(order) and values[order[end]] == values[order[start]]:
            end += 1
        for at in order[start:end]:
            ranked[at] = (start + 1 + end) / 2
        start = end
    return ranked


def blended(answers):
    ranked = [ranks(list(map(float, values))) for values in answers]
    return [mean(row) / (len(answers[0]) + 1) for row in zip(*ranked)]`,
  votes: `def blended(answers):
    return [max(row, key=row.count) for row in zip(*answers)]`,
};

/** Python's literal of a text, line for line. */
const literal = (code: string): string =>
  `'''${code.replaceAll("\\", "\\\\").replaceAll("'''", "\\'\\'\\'").replace(/'$/, "\\'")}'''`;
