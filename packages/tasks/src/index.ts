export { checksumOf } from "./folder/checksum.ts";
export { readTaskFile, type TaskFile } from "./folder/task-file.ts";
export { development, isSealed, type Task } from "./folder/task.ts";
export { findTask, preparedTasks, type KnownTask } from "./store/find-task.ts";
export { ownSuite, prepareOwnTask, prepareTasks } from "./store/prepare-tasks.ts";
export { taskStore, type TaskStore } from "./store/task-store.ts";
export { mleBenchCompetitions, mleBenchIds } from "./mlebench/competitions.ts";
export { mleBenchDataRoot } from "./mlebench/data-root.ts";
export { mleBenchTask, type MleBenchTask } from "./mlebench/layout.ts";
