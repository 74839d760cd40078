import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { options } from "../src/options.ts";
import { SlurmLauncher } from "../src/slurm-launcher.ts";

/** Slurm's programs as scripts that keep the queue in a file: `%F|%K|%T|%r|%j`, a line for each job. */
let folder: string;
const lines: string[] = [];

const program = (name: string, body: string): void => {
  writeFileSync(join(folder, "bin", name), `#!/bin/bash\ncd ${folder}\n${body}`);
  chmodSync(join(folder, "bin", name), 0o755);
};

/** Accepts an array as pending; `squeue` shows it once, then lets one job go at each call. */
const working = `
echo "$*" >> submitted
for a in "$@"; do case $a in --array=*) array=\${a#--array=};; --job-name=*) name=\${a#--job-name=};; esac; done
id=$((100 + $(wc -l < submitted)))
last=\${array%\\%*}; last=\${last#0-}
for i in $(seq 0 $last); do echo "$id|$i|PENDING|Resources|$name" >> queue; done
echo $id`;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "aide-slurm-"));
  lines.length = 0;
  mkdirSync(join(folder, "bin"));
  writeFileSync(join(folder, "queue"), "");
  program("scontrol", "echo 'MaxArraySize            = 4'");
  program("sbatch", working);
  program("squeue", "cat queue; sed -i 1d queue");
  program("scancel", `echo "$*" >> cancelled; : > queue`);
});

const launcher = (given: object = {}, jobs?: number): SlurmLauncher =>
  new SlurmLauncher(options.parse({ pollSeconds: 0.01, ...given }), {
    jobs,
    launchFolder: join(folder, "launch"),
    variables: { PATH: `${join(folder, "bin")}:${process.env["PATH"]}`, SLURM_JOB_ID: "1", SLURM_CONF: "here" },
    onProgress: (line) => void lines.push(line),
  });

const { signal } = new AbortController();

const runs = (count: number, from = 0) => Array.from({ length: count }, (_, at) => ({ number: from + at, arm: "one" }));

const submitted = (): readonly string[] => readFileSync(join(folder, "submitted"), "utf8").trimEnd().split("\n");

const numbers = (): readonly string[] =>
  readdirSync(join(folder, "launch"))
    .filter((file) => file.endsWith(".numbers"))
    .map((file) => readFileSync(join(folder, "launch", file), "utf8"));

describe("the Slurm launcher", () => {
  it("submits arrays no longer than Slurm takes, and waits until no job is left", async () => {
    await launcher({
      partition: "gpu",
      gpus: 2,
      cpus: 8,
      memory: "16G",
      time: "1:00:00",
      account: "a",
      qos: "q",
    }).launch({ command: ["make"], runs: runs(6) }, signal);
    expect(readFileSync(join(folder, "queue"), "utf8")).toBe("");
    expect(submitted()).toHaveLength(2);
    expect(submitted()[0]).toMatch(
      /^--parsable --requeue --account=a --qos=q --partition=gpu --cpus-per-task=8 --mem=16G --gres=gpu:2 --time=1:00:00 --job-name=aide-\w+-0 --array=0-3 --output=.*array-0-%a\.log --open-mode=append --signal=B:USR1@180 --export=ALL .*array-0\.sh$/,
    );
    expect(submitted()[1]).toContain("--array=0-1 ");
    expect(numbers()).toEqual(["0\n1\n2\n3\n", "4\n5\n"]);
    expect(lines[0]).toBe("slurm    0 jobs running, 5 waiting (Resources)");
  });

  it("lets no more jobs run than asked for: arrays then come one after the other", async () => {
    program("sbatch", `wc -l < queue >> before\n${working}`);
    await launcher({ runsPerJob: 2 }, 3).launch({ command: ["make"], runs: runs(9) }, signal);
    expect(submitted().map((line) => /--array=(\S+)/.exec(line)?.[1])).toEqual(["0-3%3", "0-0%3"]);
    expect(readFileSync(join(folder, "before"), "utf8")).toBe("0\n0\n");
    expect(lines).toContainEqual(expect.stringContaining("1 to be submitted"));
  });

  it("submits the rest later where Slurm takes no more jobs, and gives up where it takes none", async () => {
    program("sbatch", `if [ -s queue ]; then echo "sbatch: error: AssocMaxSubmitJobLimit" >&2; exit 1; fi\n${working}`);
    await launcher().launch({ command: ["make"], runs: runs(6) }, signal);
    expect(submitted()).toHaveLength(2);
    program("sbatch", `echo "sbatch: error: QOSMaxSubmitJobPerUserLimit" >&2; exit 1`);
    await expect(launcher().launch({ command: ["make"], runs: runs(1) }, signal)).rejects.toMatchObject({
      code: "AIDE_SLURM_REFUSED",
    });
  });

  it("finds the jobs of a launch that was killed, and submits only what they do not make", async () => {
    const first = launcher();
    program("squeue", "cat queue");
    const killed = first.launch({ command: ["make"], runs: runs(3) }, AbortSignal.timeout(300));
    await expect(killed).rejects.toThrow();
    // As the kill left it: nobody cancelled.
    rmSync(join(folder, "cancelled"));
    const name = /--job-name=(\S+)/.exec(submitted()[0] ?? "")?.[1];
    writeFileSync(
      join(folder, "queue"),
      `101|1|RUNNING|None|${name}\n9|0|RUNNING|None|another\n12|N/A|RUNNING|None|no array\n`,
    );
    program("squeue", "cat queue; sed -i '/aide/d' queue");
    await launcher().launch({ command: ["make"], runs: runs(5) }, signal);
    expect(lines).toContain("slurm    1 runs are under way from before");
    expect(numbers().at(-1)).toBe("0\n2\n3\n4\n");
  });

  it("cancels its jobs when it is stopped, and no others", async () => {
    program("squeue", "cat queue");
    writeFileSync(join(folder, "queue"), `9|0|RUNNING|None|another\n`);
    const stop = new AbortController();
    const launched = launcher().launch({ command: ["make"], runs: runs(6) }, stop.signal);
    while (!existsSync(join(folder, "submitted")) || submitted().length < 2)
      await new Promise((resolve) => void setTimeout(resolve, 20));
    stop.abort(new Error("enough"));
    await expect(launched).rejects.toThrow("enough");
    expect(readFileSync(join(folder, "cancelled"), "utf8")).toBe("101 102\n");
  });

  it("waits for a controller that does not answer, and says so once", async () => {
    program(
      "squeue",
      `if [ ! -e twice ]; then [ -e once ] && touch twice; touch once; echo "slurm_load_jobs error: Unable to contact slurm controller" >&2; exit 1; fi\ncat queue; sed -i 1d queue`,
    );
    await launcher().launch({ command: ["make"], runs: runs(1) }, signal);
    expect(lines.filter((line) => line.includes("Unable to contact"))).toHaveLength(1);
    program("squeue", "exit 1");
    await expect(
      launcher({ pollSeconds: 3600 }).launch({ command: ["make"], runs: runs(1) }, AbortSignal.timeout(200)),
    ).rejects.toThrow();
  });

  it("cancels jobs none of which can ever start, and gives the reasons", async () => {
    program("sbatch", working.replace("Resources", "PartitionTimeLimit"));
    program("squeue", "cat queue");
    await expect(launcher().launch({ command: ["make"], runs: runs(2) }, signal)).rejects.toMatchObject({
      code: "AIDE_SLURM_HOPELESS",
      message: expect.stringContaining("PartitionTimeLimit"),
    });
    expect(readFileSync(join(folder, "cancelled"), "utf8")).toBe("101\n");
  });

  it("says what sbatch refuses, and where Slurm is not there", async () => {
    program("sbatch", "echo 'sbatch: error: invalid partition specified: gpu' >&2; exit 1");
    await expect(launcher().launch({ command: ["make"], runs: runs(1) }, signal)).rejects.toMatchObject({
      code: "AIDE_SLURM_REFUSED",
      message: expect.stringContaining("invalid partition specified: gpu"),
    });
    rmSync(join(folder, "bin", "scontrol"));
    const nowhere = new SlurmLauncher(options.parse({}), {
      jobs: undefined,
      launchFolder: folder,
      variables: { PATH: join(folder, "bin") },
      onProgress: () => undefined,
    });
    await expect(nowhere.launch({ command: ["make"], runs: runs(1) }, signal)).rejects.toMatchObject({
      code: "AIDE_SLURM_MISSING",
    });
  });

  it("hides from its jobs what holds for a job that aide itself runs in", async () => {
    program("sbatch", `env | grep ^SLURM > variables\n${working}`);
    await launcher().launch({ command: ["make"], runs: runs(1) }, signal);
    expect(readFileSync(join(folder, "variables"), "utf8")).toBe("SLURM_CONF=here\n");
  });
});
