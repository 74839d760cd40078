import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { seededRandom } from "@aide-ts/core";
import type { Task } from "@aide-ts/tasks";
import { describe, expect, it } from "vitest";
import { referencesFolder, runReferences } from "../../src/index.ts";
import { writeTask } from "./made-up-task.ts";
import { asPng } from "./png.ts";
import { findScriptsPython, variables } from "../../../../tools/vitest/scripts-python.ts";
import { gradedReferences } from "./submissions.ts";

const root = mkdtempSync(join(tmpdir(), "aide-forms-"));
const python = await findScriptsPython();
const [rows, trainRows] = [160, 120];
const places = Array.from({ length: rows }, (_, at) => at);

const graded = async (task: Task, pipelines: string) => {
  const out = join(root, "out");
  await runReferences({
    python,
    tasks: [task],
    out,
    jobs: 1,
    pipelines,
    variables,
    signal: AbortSignal.timeout(100_000),
    onLine: () => {},
  });
  return gradedReferences(task, referencesFolder(out, task));
};

const texts = (): Task => {
  const random = seededRandom("texts");
  const words = "the tea was cold and late again but we came back for more of it anyway".split(" ");
  const moods = [
    ["awful", "rude", "broken"],
    ["lovely", "kind", "fresh"],
  ];
  const label = places.map(() => (random() < 0.5 ? 1 : 0));
  const text = label.map((mood) =>
    Array.from({ length: 9 }, () =>
      random() < 0.25
        ? moods[random() < 0.9 ? mood : 1 - mood]![Math.floor(random() * 3)]!
        : words[Math.floor(random() * words.length)]!,
    ).join(" "),
  );
  const cells = {
    id: places.map((at) => `r${at}`),
    text,
    stars: places.map((at) => String(at % 5)),
    liked: label.map((mood) => (mood === 1 ? "yes" : "no")),
  };
  return writeTask(
    root,
    "texts",
    { cells, trainRows, target: "liked", sample: { liked: "0.5" } },
    { kind: "text", metric: "auc" },
  );
};

const images = (): Task => {
  const random = seededRandom("images");
  const folder = join(root, "images", "public", "pictures");
  mkdirSync(folder, { recursive: true });
  const shapes = places.map(() => Math.floor(random() * 3));
  shapes.forEach((shape, at) => {
    const side = at % 2 === 0 ? 20 : 24;
    const samples = Array.from({ length: side * side }, (_, pixel) => {
      const [x, y] = [pixel % side, Math.floor(pixel / side)];
      const bright = shape === 0 ? x < side / 2 : shape === 1 ? y < side / 2 : x + y < side;
      return Math.floor((bright ? 140 : 60) + 100 * random());
    });
    const filters = Array.from({ length: side }, () => Math.floor(random() * 5));
    writeFileSync(
      join(folder, `${at}.png`),
      asPng({ colour: 0, bits: 8, width: side, height: side, samples, filters }),
    );
  });
  const cells = {
    id: places.map(String),
    file: places.map((at) => `pictures/${at}.png`),
    shape: shapes.map((shape) => ["left", "top", "corner"][shape]!),
  };
  return writeTask(
    root,
    "images",
    { cells, trainRows, target: "shape", sample: { shape: "left" } },
    { kind: "images", metric: "accuracy" },
  );
};

const some = "^(logistic-(?!l1|balanced).*C=0.3|lda-.*auto|knn-.*=5-weights=uniform|tree-.*=6-.*=5|lightgbm-default)$";

describe.each([
  { name: "texts", make: texts, views: ["words", "bigrams", "letters", "topics", "frequent"] },
  { name: "images", make: images, views: ["coarse", "pixels", "components"] },
])("tasks of $name", ({ make, views }) => {
  it("are solved from every view of them", { timeout: 120_000 }, async () => {
    const { rows: references, failed } = await graded(make(), some);
    expect(failed).toEqual([]);
    const trivial = references.find(({ name }) => name === "trivial")?.value ?? Number.NaN;
    const useful = references.filter(({ value }) => value > trivial + 0.15).map(({ name }) => name);
    for (const view of views)
      expect(
        useful.some((name) => name.includes(`-${view}`)),
        view,
      ).toBe(true);
  });
});
