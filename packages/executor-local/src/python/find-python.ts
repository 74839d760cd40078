import { execa } from "execa";
import { z } from "zod";
import type { Variables } from "../process-environment.ts";
import { asMinor, supported, type Minor } from "./shipped.ts";
import { noPython, pythonUnusable } from "../errors.ts";

export interface FoundPython {
  /** The interpreter itself, behind shims. */
  readonly path: string;
  /** As `3.12.1`. */
  readonly version: string;
  readonly minor: Minor;
}

const probe =
  'import json,sys,sysconfig;print(json.dumps({"path":sys.executable,"version":"%d.%d.%d"%sys.version_info[:3],"implementation":sys.implementation.name,"bits":sys.maxsize.bit_length()+1,"gil":not sysconfig.get_config_var("Py_GIL_DISABLED")}))';

const probed = z.object({
  path: z.string().min(1),
  version: z.string(),
  implementation: z.string(),
  bits: z.int(),
  gil: z.boolean(),
});

type Tried = { readonly found: FoundPython } | { readonly refused: string };

const tryPython = async (command: string, wanted: Minor | undefined, env: Variables): Promise<Tried> => {
  const asked = await execa(command, ["-c", probe], {
    env,
    extendEnv: false,
    reject: false,
    timeout: 20_000,
    forceKillAfterDelay: 500,
    stdin: "ignore",
  });
  if (asked.code === "ENOENT") return { refused: "not on PATH" };
  if (asked.timedOut) return { refused: "did not answer within 20 s" };
  if (asked.failed) return { refused: asked.stderr?.trim().split("\n").at(-1) || (asked.shortMessage ?? "failed") };
  const answer = ((): unknown => {
    try {
      return JSON.parse(asked.stdout ?? "");
    } catch {
      return undefined;
    }
  })();
  const checked = probed.safeParse(answer);
  if (!checked.success) return { refused: "is not Python 3" };
  const { path, version, implementation, bits, gil } = checked.data;
  const minor = asMinor(version);
  if (implementation !== "cpython") return { refused: `is ${implementation} ${version}, not CPython` };
  if (!gil) return { refused: `is a free-threaded build of ${version}` };
  if (bits !== 64) return { refused: `is a ${bits}-bit build` };
  if (minor === undefined || (wanted !== undefined && minor !== wanted)) return { refused: `is ${version}` };
  return { found: { path, version, minor } };
};

const isPath = (wanted: string): boolean => wanted.includes("/");

const candidates = (wanted: string | undefined): readonly string[] => {
  const plain = ["python3", ...supported.toReversed().map((minor) => `python${minor}`), "python"];
  if (wanted === undefined) return plain;
  if (isPath(wanted)) return [wanted];
  return asMinor(wanted) === undefined ? [] : [`python${asMinor(wanted)}`, "python3", "python"];
};

/**
 * An interpreter of a supported version, proved by running it.
 * @param request.wanted a path (with a slash) or a version, as "3.12".
 * @throws AideError `AIDE_PYTHON_NOT_FOUND`, with what each candidate turned out to be.
 */
export const findPython = async (request: {
  readonly wanted?: string | undefined;
  readonly env: Variables;
}): Promise<FoundPython> => {
  const { wanted, env } = request;
  const minor = wanted === undefined || isPath(wanted) ? undefined : asMinor(wanted);
  const seen: Record<string, string> = {};
  for (const command of candidates(wanted)) {
    const tried = await tryPython(command, minor, env);
    if ("found" in tried) return tried.found;
    seen[command] = tried.refused;
  }
  const range = `${supported[0]} to ${supported.at(-1)}`;
  throw wanted === undefined ? noPython(range, seen) : pythonUnusable(wanted, range, seen);
};
