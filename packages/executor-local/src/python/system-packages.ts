import { readFile } from "node:fs/promises";

type Wanted = "openmp" | "venv";

const installCommands: readonly (readonly [
  systems: readonly string[],
  commands: Record<Wanted, (minor: string) => string>,
])[] = [
  [["debian", "ubuntu"], { openmp: () => "apt install libgomp1", venv: (minor) => `apt install python${minor}-venv` }],
  [
    ["fedora", "rhel", "centos", "amzn"],
    { openmp: () => "dnf install libgomp", venv: (minor) => `dnf install python${minor}` },
  ],
  [
    ["suse", "opensuse"],
    { openmp: () => "zypper install libgomp1", venv: (minor) => `zypper install python${minor.replace(".", "")}` },
  ],
  [["arch"], { openmp: () => "pacman -S gcc-libs", venv: () => "pacman -S python" }],
  [["alpine"], { openmp: () => "apk add libgomp", venv: () => "apk add python3" }],
];

/** The command that installs what is missing, for the system described by `/etc/os-release`. */
export const systemCommand = async (wanted: Wanted, minor: string): Promise<string> => {
  if (process.platform === "darwin")
    return wanted === "openmp" ? "brew install libomp" : `brew install python@${minor}`;
  const release = await readFile("/etc/os-release", "utf8").catch(() => "");
  const names = [...release.matchAll(/^(?:ID|ID_LIKE)="?([^"\n]*)"?$/gm)].flatMap((match) =>
    (match[1] ?? "").split(" "),
  );
  const known = installCommands.find(([systems]) =>
    systems.some((system) => names.some((name) => name.startsWith(system))),
  );
  if (known !== undefined) return known[1][wanted](minor);
  return wanted === "openmp"
    ? "your system's package manager, to install the GNU OpenMP library (libgomp)"
    : `your system's package manager, to install the venv and ensurepip modules of Python ${minor}`;
};
