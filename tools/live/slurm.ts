import { execFile, spawn, type ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { chmodSync, mkdirSync, mkdtempSync, openSync, writeFileSync } from "node:fs";
import { hostname, tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { freePort } from "@aide-ts/backend-kit";
import { folders, installed } from "./folders.ts";

export interface Cluster extends AsyncDisposable {
  /** Environment variables with which Slurm's programs find it. */
  readonly variables: Readonly<Record<string, string>>;
  readonly folder: string;
  /** Runs one of Slurm's programs. */
  readonly ask: (program: string, ...args: readonly string[]) => Promise<string>;
}

export interface ClusterOptions {
  /** Job arrays may have so many jobs. */
  readonly maxArraySize?: number;
  /** CPUs that each of the two nodes says it has. */
  readonly cpus?: number;
}

const run = promisify(execFile);

const programs = join(folders.slurm, "bin");

/**
 * A Slurm of its own: a controller and two nodes, all on this machine and of the user that starts it, that end with this object. It has no
 * accounting database and limits no memory.
 */
export const startSlurm = async ({ maxArraySize = 1001, cpus = 2 }: ClusterOptions = {}): Promise<Cluster> => {
  installed(join(folders.slurm, "installed.txt"), "bash tools/live/install-slurm.sh");
  const folder = mkdtempSync(join(tmpdir(), "aide-slurm-"));
  const ports = [await freePort(), await freePort(), await freePort()] as const;
  for (const name of ["state", "log"]) mkdirSync(join(folder, name));
  // munged wants its socket where everybody could reach it; without the key nobody can use it.
  chmodSync(folder, 0o755);
  writeFileSync(join(folder, "munge.key"), randomBytes(1024), { mode: 0o400 });
  writeFileSync(join(folder, "slurm.conf"), configuration(folder, ports, { maxArraySize, cpus }));
  writeFileSync(join(folder, "cgroup.conf"), "CgroupPlugin=cgroup/v1\n");
  const variables = { SLURM_CONF: join(folder, "slurm.conf"), PATH: `${programs}:${process.env["PATH"]}` };
  const ask = async (program: string, ...args: readonly string[]): Promise<string> =>
    (await run(join(programs, program), args, { env: { ...process.env, ...variables } })).stdout.trimEnd();

  const running: ChildProcess[] = [];
  const start = (program: string, ...args: readonly string[]): void => {
    const log = openSync(join(folder, "log", `${program}-${running.length}.log`), "a");
    running.push(
      spawn(join(programs, program), args, { env: { ...process.env, ...variables }, stdio: ["ignore", log, log] }),
    );
  };
  const cluster = {
    variables,
    folder,
    ask,
    async [Symbol.asyncDispose]() {
      await ask("scancel", "--me").catch(() => undefined);
      for (let look = 0; look < 50 && (await ask("squeue", "-h", "--me").catch(() => "")) !== ""; look++)
        await sleep(200);
      for (const child of running.toReversed()) {
        if (child.exitCode !== null || child.signalCode !== null) continue;
        const ended = once(child, "exit");
        child.kill("SIGTERM");
        await Promise.race([ended, sleep(5000).then(() => child.kill("SIGKILL"))]);
      }
    },
  };
  try {
    start(
      "munged",
      "--foreground",
      `--key-file=${folder}/munge.key`,
      `--socket=${folder}/munge.socket`,
      `--pid-file=${folder}/munged.pid`,
      `--seed-file=${folder}/munge.seed`,
      "--log-file=/dev/stderr",
    );
    await until("munged", folder, () => ask("munge", "-n", `--socket=${folder}/munge.socket`));
    start("slurmctld", "-D", "-f", variables.SLURM_CONF);
    for (const node of ["node0", "node1"])
      start("slurmd", "-D", "-f", variables.SLURM_CONF, "-N", node, "-d", join(programs, "slurmstepd"));
    await until("slurm", folder, async () => {
      if ((await ask("sinfo", "-h", "-N", "-o", "%N %T")) !== "node0 idle\nnode1 idle")
        throw new Error("a node is missing");
    });
    return cluster;
  } catch (error) {
    await cluster[Symbol.asyncDispose]();
    throw error;
  }
};

const until = async (name: string, folder: string, is: () => Promise<unknown>): Promise<void> => {
  for (let attempt = 0; ; attempt++) {
    try {
      await is();
      return;
    } catch (cause) {
      if (attempt === 100)
        throw new Error(`${name} does not answer; its logs are in ${join(folder, "log")}`, { cause });
      await sleep(200);
    }
  }
};

const configuration = (
  folder: string,
  [controller, ...nodes]: readonly [number, number, number],
  { maxArraySize, cpus }: Required<ClusterOptions>,
): string => `ClusterName=aide
SlurmctldHost=${hostname()}(127.0.0.1)
SlurmctldPort=${controller}
SlurmUser=${userName()}
SlurmdUser=${userName()}
PluginDir=${folders.slurm}/plugins
AuthType=auth/munge
AuthInfo=socket=${folder}/munge.socket
CredType=cred/munge
StateSaveLocation=${folder}/state
SlurmdSpoolDir=${folder}/spool-%n
SlurmctldPidFile=${folder}/slurmctld.pid
SlurmdPidFile=${folder}/slurmd-%n.pid
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SwitchType=switch/none
MpiDefault=none
ReturnToService=2
SchedulerType=sched/backfill
SchedulerParameters=sched_interval=1,bf_interval=1,batch_sched_delay=0,sched_min_interval=0
MaxArraySize=${maxArraySize}
KillWait=5
SlurmdParameters=config_overrides
${nodes.map((port, at) => `NodeName=node${at} NodeHostname=${hostname()} NodeAddr=127.0.0.1 Port=${port} CPUs=${cpus} State=UNKNOWN`).join("\n")}
PartitionName=main Nodes=ALL Default=YES MaxTime=INFINITE State=UP
`;

const userName = (): string => userInfo().username;
