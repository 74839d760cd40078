import { AideError } from "@aide-ts/plugin";

export const platformUnsupported = (): AideError =>
  new AideError({
    code: "AIDE_PLATFORM_UNSUPPORTED",
    message: "The local executor runs on Linux and macOS only.",
    fix: "Run aide inside WSL.",
    fault: "user",
  });

export const diskTooSmall = (neededMb: number, freeMb: number, folder: string): AideError =>
  new AideError({
    code: "AIDE_DISK_FULL",
    message: `The Python environment needs ${neededMb} MB and ${freeMb} MB are free.`,
    fix: "Free some space, or set XDG_CACHE_HOME to a folder on another disk.",
    fault: "user",
    facts: { folder },
  });

const howToInstall =
  'Install one (Debian, Ubuntu: apt install python3 python3-venv; macOS: brew install python@3.12; anywhere: uv python install 3.12), or set the executor\'s option "python" to its path.';

/** @param tried what each candidate turned out to be */
export const noPython = (range: string, tried: Readonly<Record<string, string>>): AideError =>
  new AideError({
    code: "AIDE_PYTHON_NOT_FOUND",
    message: `No Python ${range} was found.`,
    fix: howToInstall,
    fault: "user",
    facts: tried,
  });

export const pythonUnusable = (wanted: string, range: string, tried: Readonly<Record<string, string>>): AideError =>
  new AideError({
    code: "AIDE_PYTHON_NOT_FOUND",
    message: `Python "${wanted}" cannot be used: it must be one of ${range}.`,
    fix: howToInstall,
    fault: "user",
    facts: tried,
  });

export const diskFull = (output: string): AideError =>
  new AideError({
    code: "AIDE_DISK_FULL",
    message: "The disk filled up while Python packages were installed.",
    fix: "Free some space and run the same command again.",
    fault: "user",
    facts: { output },
  });

export const installationFailed = (what: string, output: string): AideError =>
  new AideError({
    code: "AIDE_PYTHON_PACKAGES",
    message: `${what} failed.`,
    fix: "Check the network, and run the same command again: what was downloaded is kept.",
    fault: "user",
    transient: true,
    facts: { output },
  });

export const pythonNoVenv = (
  python: { readonly path: string; readonly version: string },
  command: string,
  output: string,
): AideError =>
  new AideError({
    code: "AIDE_PYTHON_NO_VENV",
    message: `Python ${python.version} was installed without its venv module.`,
    fix: `Run: ${command}`,
    fault: "user",
    facts: { python: python.path, output },
  });

export const packagesUnknown = (python: string, output: string): AideError =>
  new AideError({
    code: "AIDE_PYTHON_PACKAGES",
    message: "Python cannot say which packages it has.",
    fix: 'Fix that environment, or leave packages: "pinned".',
    fault: "user",
    facts: { python, output },
  });
