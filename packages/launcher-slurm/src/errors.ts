import { AideError } from "@aide-ts/plugin";

export const slurmMissing = (program: string): AideError =>
  new AideError({
    code: "AIDE_SLURM_MISSING",
    message: `${program} is not on the PATH: this machine submits no jobs to Slurm.`,
    fix: "Start aide on a login node of the cluster, or use --launcher local.",
    fault: "user",
  });

export const slurmRefused = (program: string, answer: string): AideError =>
  new AideError({
    code: "AIDE_SLURM_REFUSED",
    message: `${program} refused: ${answer.trim() || "it did not say why"}.`,
    fix: "See the options of the launcher: partition, account, qos, time, cpus, memory, gpus.",
    fault: "user",
  });

export const slurmHopeless = (reasons: readonly string[]): AideError =>
  new AideError({
    code: "AIDE_SLURM_HOPELESS",
    message: `No job that is left will ever start: ${reasons.join(", ")}. They were cancelled.`,
    fix: "`scontrol show job` and `sinfo` say what the cluster has; lower cpus, memory, gpus or time, or release what is held.",
    fault: "user",
  });

export const slurmSilent = (minutes: number, answer: string): AideError =>
  new AideError({
    code: "AIDE_SLURM_SILENT",
    message: `Slurm has not answered for ${minutes} minutes: ${answer.trim()}.`,
    fix: "Its jobs go on without aide. Start the same command again when the controller is back: it finds them.",
    fault: "user",
  });
