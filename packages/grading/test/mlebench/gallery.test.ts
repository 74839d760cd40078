import { readFileSync } from "node:fs";
import { metricNamed } from "@aide-ts/evaluation";
import { mleBenchIds } from "@aide-ts/tasks";
import { describe, expect, it } from "vitest";

const page = readFileSync(new URL("../../../../docs/gallery.md", import.meta.url), "utf8");

const rows = page
  .split("\n")
  .filter((line) => line.startsWith("| ["))
  .map((line) => line.split("|").map((cell) => cell.trim()))
  .map(([, link = "", kind = "", metric = "", command = "", first = "", last = ""]) => ({
    id: /^\[([^\]]+)\]\(https:\/\/www\.kaggle\.com\/competitions\/\1\)$/.exec(link)?.[1] ?? link,
    kind,
    metric,
    command,
    figures: [first, last],
  }));

/** The value of `key=` in a command. */
const given = (command: string, key: string): string | undefined =>
  new RegExp(`(?<= )${key}=(\\S+)`).exec(command.replaceAll("`", " "))?.[1];

describe("the gallery", () => {
  it("has 63 competitions, each once", () => {
    expect(rows).toHaveLength(63);
    expect(new Set(rows.map(({ id }) => id)).size).toBe(63);
  });

  it("has a command for each: MLE-bench's task where there is one, else the data's folder and the page", () => {
    for (const { id, command } of rows) {
      const [named, folder, description] = ["mlebench", "data_dir", "desc_file"].map((key) => given(command, key));
      expect(command, id).toMatch(/^`aide run .*`$/);
      if (mleBenchIds.includes(id)) expect([named, folder, description], id).toEqual([id, undefined, undefined]);
      else expect([named, folder, description], id).toEqual([undefined, "<folder>", "<folder>/description.md"]);
    }
    expect(rows.filter(({ command }) => given(command, "mlebench") !== undefined)).toHaveLength(5);
  });

  it("names metrics of the library, or says that there is none", () => {
    for (const { id, metric, command } of rows) {
      const name = given(command, "metric");
      if (name === undefined) expect(metric, id).toContain("see its page");
      else if (name !== "./metric.py") expect(metricNamed(name)?.name, id).toBe(name);
    }
    expect(rows.filter(({ command }) => given(command, "metric") === "./metric.py")).toHaveLength(3);
  });

  it("says for each what the data are, and what AIDE published", () => {
    for (const { id, kind, figures } of rows) {
      expect(kind, id).not.toBe("");
      for (const figure of figures) expect(figure, id).toMatch(/^(?:–|\d{1,3} %)$/);
    }
    const [first, last] = [0, 1].map((at) => rows.filter(({ figures }) => figures[at] !== "–").length);
    expect([first, last]).toEqual([57, 55]);
  });
});
