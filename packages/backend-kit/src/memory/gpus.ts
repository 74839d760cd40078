import { execFile } from "node:child_process";
import { promisify } from "node:util";

/** A GPU that NVIDIA's driver shows. */
export interface Gpu {
  readonly name: string;
  /** In bytes, as `free`; `undefined` where the driver does not tell, as where it shares the machine's memory. */
  readonly total: number | undefined;
  readonly free: number | undefined;
}

const run = promisify(execFile);
const query = ["--query-gpu=name,memory.total,memory.free", "--format=csv,noheader,nounits"];

/** The visible NVIDIA GPUs; none where the driver's tool is missing, fails or hangs. */
export const seenGpus = async (env: Readonly<Record<string, string | undefined>>): Promise<readonly Gpu[]> => {
  const asked = await run("nvidia-smi", query, { env, timeout: 10_000, killSignal: "SIGKILL" }).catch(() => undefined);
  return (asked?.stdout ?? "")
    .split("\n")
    .filter((line) => line.trim() !== "")
    .flatMap((line) => {
      const fields = line.split(",").map((field) => field.trim());
      const [total, free] = fields.slice(-2).map(bytesOf);
      const name = fields.slice(0, -2).join(", ");
      return name === "" ? [] : [{ name, total, free }];
    });
};

/** The tool counts in MiB. */
const bytesOf = (field: string): number | undefined => (/^\d+$/.test(field) ? Number(field) * 2 ** 20 : undefined);
