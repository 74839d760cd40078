import type { Defence } from "../defence.ts";
import { always, drop, guard, never, operation, statement } from "../operation.ts";

const ofTasks = (name: string): readonly string[] => [`packages/tasks/test/${name}.test.ts`];
const ofGrading = (name: string): readonly string[] => [`packages/grading/test/${name}.test.ts`];

/** Of report labels and of the seal. */
export const taskDefences: readonly Defence[] = [
  {
    name: "labels are their owner's alone",
    package: "tasks",
    symbol: "admit",
    takenDownBy: drop(statement("chmod")),
    tests: ofTasks("store"),
  },
  {
    name: "a task is what its suite says",
    package: "tasks",
    symbol: "admit",
    takenDownBy: never(guard("taskChecksum")),
    tests: ofTasks("store"),
  },
  {
    name: "a sealed task needs a seal or a wish",
    package: "tasks",
    symbol: "checkSeal",
    takenDownBy: always(guard("exploratory")),
    tests: ofTasks("seal"),
  },
  {
    name: "rows that were held back are left out of a grade on the way",
    package: "evaluation",
    symbol: "checkRows",
    takenDownBy: never(guard("among others")),
    tests: ofGrading("grade"),
  },
  {
    name: "two answers of one row are refused",
    package: "grading",
    symbol: "readReportLabels",
    takenDownBy: never(guard("labelsRepeated")),
    tests: ofGrading("grade"),
  },
  {
    name: "class columns are graded by their names",
    package: "grading",
    symbol: "inOrderOf",
    takenDownBy: never(operation("every")),
    tests: ofGrading("grade"),
  },
];
