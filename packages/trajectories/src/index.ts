export { exportTrajectories } from "./command.ts";
export { dpoPairs, type DpoPair, type DpoPairs, type LeftOut } from "./dpo/pairs.ts";
export { runTrajectory } from "./atif/run-trajectory.ts";
export type { AtifTrajectory } from "./atif/atif.ts";
export { readRecordedRun, recordedRun, type RecordedRun, type RunFacts } from "./runs/recorded-run.ts";
export { sftExamples, type SftExample } from "./sft/examples.ts";
