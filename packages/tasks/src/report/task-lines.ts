import { alignedTable } from "@aide-ts/run/report";
import type { SuiteTask } from "@aide-ts/plugin";
import type { Task } from "../folder/task.ts";
import type { Seal } from "../seal/seal.ts";

/** Tasks of a suite, a line each; twins are named with the task that they are copies of. */
export const renderTasks = (
  suite: string,
  tasks: readonly Pick<SuiteTask, "name" | "kind" | "part" | "title" | "twinOf">[],
  isPrepared: (name: string) => boolean,
): readonly string[] =>
  alignedTable([
    ["task", "kind", "part", "prepared", "title"],
    ...tasks.map(({ name, kind, part, title, twinOf }) => [
      `${suite}/${name}`,
      kind,
      part,
      isPrepared(name) ? "yes" : "no",
      twinOf === undefined ? title : `${title} (of ${twinOf})`,
    ]),
  ]);

/** All that may be known of a task before a run of it. */
export const renderTask = ({ name, file, publicFolder }: Task, seal: Seal | undefined): readonly string[] =>
  alignedTable(
    [
      ["task", name],
      ["title", file.title],
      ["kind", file.kind],
      ["part", file.part],
      ["goal", file.goal],
      ["eval", file.eval],
      ["metric", file.metric],
      ["target", file.target.join(", ")],
      ["id", file.id?.join(", ") ?? "none: rows count by their order"],
      ["positive", file.positive ?? ""],
      ["twin of", file.twinOf ?? ""],
      ["licence", file.licence ?? ""],
      ["origin", file.origin ?? ""],
      ["checksum", file.checksum ?? ""],
      ["data", publicFolder],
      ["frozen", seal === undefined ? "" : `${seal.hash.slice(0, 8)}, ${seal.sealed.slice(0, 10)}`],
      ["run it", `aide run task=${name}`],
    ].filter(([, value]) => value !== ""),
  );
