export { Experiment, type ExperimentOptions, type ExperimentResult } from "./experiment.ts";
