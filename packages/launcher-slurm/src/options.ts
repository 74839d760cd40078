import { z } from "zod";

const resources = {
  partition: z.string().min(1).optional(),
  cpus: z.int().min(1).optional().describe("CPU cores of each job."),
  memory: z.string().min(1).optional().describe("Memory of each job, as sbatch takes it: 16G."),
  gpus: z
    .union([z.int().min(1), z.string().min(1)])
    .optional()
    .describe("GPUs of each job: how many, or type and number as a100:2."),
  time: z.string().min(1).optional().describe("The most that a job may run, as sbatch takes it: 4:00:00."),
  sbatch: z.array(z.string().startsWith("--")).default([]).describe("More arguments of sbatch."),
};

export const options = z.strictObject({
  ...resources,
  account: z.string().min(1).optional(),
  qos: z.string().min(1).optional(),
  jobs: z.int().min(1).optional().describe("Jobs that run at a time. Without: as many as Slurm lets."),
  runsPerJob: z
    .int()
    .min(1)
    .default(1)
    .describe("Runs that a job makes one after the other: a model server that is started for it serves all of them."),
  arms: z
    .record(z.string(), z.strictObject(resources))
    .default({})
    .describe("Resources of the jobs of an arm where they are others."),
  setup: z
    .array(z.string())
    .default([])
    .describe("Lines of the batch script that come first: module load cuda, source …"),
  warnSeconds: z
    .int()
    .min(30)
    .default(180)
    .describe("How long before its time is up a job is stopped and queued again; it then continues where it was."),
  requeues: z.int().nonnegative().default(50).describe("How often a job is queued again when its time is up."),
  pollSeconds: z.number().positive().default(15).describe("How often squeue is asked."),
});

export type SlurmOptions = z.output<typeof options>;

/** What the jobs of an arm are given. */
export type Resources = z.output<z.ZodObject<typeof resources>>;

/** Those of an arm before those of all. */
export const resourcesOf = (
  { arms, partition, cpus, memory, gpus, time, sbatch }: SlurmOptions,
  arm: string,
): Resources => {
  const own = arms[arm];
  return {
    partition: own?.partition ?? partition,
    cpus: own?.cpus ?? cpus,
    memory: own?.memory ?? memory,
    gpus: own?.gpus ?? gpus,
    time: own?.time ?? time,
    sbatch: [...sbatch, ...(own?.sbatch ?? [])],
  };
};
