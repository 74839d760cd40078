import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { ensureLibrary, type LibraryRequest } from "../../src/library/ensure.ts";

const execute = promisify(execFile);
const fakeNpm = fileURLToPath(new URL("../fixtures/npm.mjs", import.meta.url));

/** A cache folder, a PATH with a fake npm, and nobody who has node-llama-cpp. */
export class Stage implements Disposable {
  readonly folder = mkdtempSync(join(tmpdir(), "aide-library-"));
  readonly cacheFolder = join(this.folder, "cache");
  readonly calls = join(this.folder, "calls.txt");
  readonly #programs = join(this.folder, "bin");

  constructor() {
    mkdirSync(this.#programs);
    const npm = join(this.#programs, "npm");
    writeFileSync(npm, `#!/bin/sh\nexec ${JSON.stringify(process.execPath)} ${JSON.stringify(fakeNpm)} "$@"\n`);
    chmodSync(npm, 0o755);
  }

  request(how: string, changed: Partial<LibraryRequest> = {}): LibraryRequest {
    const path = [this.#programs, dirname(process.execPath), "/usr/bin", "/bin"].join(delimiter);
    const env = { PATH: path, AIDE_TEST_NPM: how, AIDE_TEST_CALLS: this.calls };
    return { gpu: false, cacheFolder: this.cacheFolder, env, owners: [], ...changed };
  }

  ensure(how = "works"): Promise<string> {
    return ensureLibrary(this.request(how));
  }

  /** As `ensure`, in another process. */
  async ensureElsewhere(how: string): Promise<string> {
    const program = `import { ensureLibrary } from ${JSON.stringify(new URL("../../src/library/ensure.ts", import.meta.url).href)};
      console.log(await ensureLibrary(${JSON.stringify(this.request(how))}));`;
    const args = ["--conditions=@aide-ts/source", "--input-type=module", "-e", program];
    return (await execute(process.execPath, args)).stdout.trim();
  }

  /** Command lines that npm was called with. */
  called(): readonly string[] {
    return existsSync(this.calls) ? readFileSync(this.calls, "utf8").trim().split("\n") : [];
  }

  /** A folder with a node-llama-cpp of that version; gives the file that finds it. */
  owner(name: string, version: string): string {
    const copy = join(this.folder, name, "node_modules/node-llama-cpp");
    mkdirSync(join(copy, "dist"), { recursive: true });
    writeFileSync(
      join(copy, "package.json"),
      JSON.stringify({ name: "node-llama-cpp", version, exports: "./dist/index.js" }),
    );
    writeFileSync(join(copy, "dist/index.js"), "");
    return join(this.folder, name, "package.json");
  }

  [Symbol.dispose](): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
