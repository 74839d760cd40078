import assert from "node:assert/strict";
import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AideError, type Execution, type Executor, type Script } from "@aide-ts/plugin";
import type { TestRunner } from "./runner.ts";

export interface ExecutorCase {
  readonly name: string;
  /** Opens an executor whose `./input` holds `data.csv` with the text `a\n1\n`; in the view `other`, the only one, with `a\n2\n`. */
  readonly open: () => Promise<Executor>;
}

/** What every executor must hold to: whatever a script does is an `Execution`, and no script reaches another. */
export const executorConformance = ({ describe, it }: TestRunner, { name, open }: ExecutorCase): void => {
  const signal = new AbortController().signal;
  const withExecutor = async (test: (executor: Executor) => Promise<void>): Promise<void> => {
    await using executor = await open();
    await test(executor);
  };
  const ran = (code: string, check: (execution: Execution, executor: Executor) => void | Promise<void>, seconds = 60) =>
    withExecutor(async (executor) => check(await executor.execute({ code, seconds }, { signal }), executor));

  describe(`executor ${name}`, () => {
    it("says where scripts run", () =>
      withExecutor(async (executor) => {
        const { python, packages, cpus, memoryBytes, seconds } = await executor.environment(signal);
        assert.match(python, /^3\.\d+\.\d+/);
        for (const one of packages) assert.match(one.version, /^\d/, one.name);
        assert.ok(cpus >= 1 && memoryBytes > 0 && seconds > 0);
      }));

    it("runs a script and keeps what it printed, in order", () =>
      ran(
        'import sys\nprint("one", flush=True)\nprint("two", file=sys.stderr, flush=True)\nprint("drei ✓")',
        (execution) => {
          assert.equal(execution.fate, "ok");
          assert.deepEqual(execution.output.trim().split(/\r?\n/), ["one", "two", "drei ✓"]);
          assert.equal(execution.exception, undefined);
          assert.ok(execution.seconds >= 0);
        },
      ));

    it("runs it as __main__, and a regular exit is no failure", () =>
      ran('import sys\nif __name__ == "__main__":\n    print("main")\n    sys.exit(0)', ({ fate, output }) => {
        assert.equal(fate, "ok");
        assert.match(output, /main/);
      }));

    it("reports an exception with its frames", () =>
      ran("def f(x):\n    return 1 / x\n\nf(0)", ({ fate, exception }) => {
        assert.equal(fate, "exception");
        assert.equal(exception?.type, "ZeroDivisionError");
        assert.deepEqual(
          exception?.frames.map(({ line, function: within, source }) => [line, within, source.trim()]),
          [
            [4, "<module>", "f(0)"],
            [2, "f", "return 1 / x"],
          ],
        );
      }));

    it("reports a script that Python cannot read", () =>
      ran("x = (1,\n", ({ fate, exception }) => {
        assert.equal(fate, "exception");
        assert.equal(exception?.type, "SyntaxError");
      }));

    it("reports a process that died", () => ran("import os\nos._exit(3)", ({ fate }) => assert.equal(fate, "crash")));

    it("stops a script that takes too long", () =>
      ran(
        "while True:\n    pass",
        ({ fate, seconds }) => {
          assert.equal(fate, "timeout");
          assert.ok(seconds < 60);
        },
        2,
      ));

    it("bounds what it keeps of endless output", () =>
      ran('import sys\nfor _ in range(200):\n    sys.stdout.write("x" * 100_000)', ({ fate, output }) => {
        assert.equal(fate, "ok");
        assert.ok(output.length < 2_000_000, `${output.length} characters`);
      }));

    it("shows the data, and gives back what was written", () =>
      ran(
        'open("submission/submission.csv", "w").write(open("input/data.csv").read())',
        async (execution, executor) => {
          assert.equal(execution.fate, "ok", execution.output);
          assert.deepEqual(execution.artifacts, ["submission/submission.csv"]);
          const bytes = await executor.read(execution, "submission/submission.csv");
          assert.equal(Buffer.from(bytes).toString(), "a\n1\n");
        },
      ));

    it("shows a view of the data to the script that names it, and refuses one that is not there", () =>
      withExecutor(async (executor) => {
        const code = 'print(open("input/data.csv").read())';
        const seen = async (script: Script) =>
          (await executor.execute(script, { signal })).output.split(/\s+/).join(" ");
        assert.match(await seen({ code, data: "other" }), /^a 2\b/);
        assert.match(await seen({ code }), /^a 1\b/);
        await assert.rejects(
          async () => executor.execute({ code, data: "none" }, { signal }),
          (error) => AideError.is(error),
        );
      }));

    it("puts files beside the script", () =>
      withExecutor(async (executor) => {
        const script = { code: "import helper\nprint(helper.value)", files: { "helper.py": "value = 42\n" } };
        const { output, fate } = await executor.execute(script, { signal });
        assert.equal(fate, "ok", output);
        assert.match(output, /42/);
      }));

    it("gives nothing that is no artifact", () =>
      ran('open("working/a", "w").write("a")', async (execution, executor) => {
        for (const path of ["working/b", "../../etc/passwd", "input/data.csv", "/etc/passwd"])
          await assert.rejects(
            async () => executor.read(execution, path),
            (error) => AideError.is(error),
            path,
          );
      }));

    it("keeps scripts apart", () =>
      withExecutor(async (executor) => {
        const disturb =
          'import os, shutil\nopen("working/mine", "w").write("x")\nshutil.rmtree("input", ignore_errors=True)';
        const look = 'import os\nprint(os.listdir("working"), open("input/data.csv").read())';
        const [first, second] = [
          await executor.execute({ code: disturb }, { signal }),
          await executor.execute({ code: look }, { signal }),
        ];
        assert.notEqual(first.id, second.id);
        for (const { id } of [first, second]) assert.match(id, /^[\w-][\w.-]*$/);
        assert.equal(second.fate, "ok", second.output);
        assert.match(second.output, /\[\] a\r?\n1/);
      }));

    it("runs several at a time", () =>
      withExecutor(async (executor) => {
        const codes = [1, 2, 3].map((number) => `import time\ntime.sleep(0.2)\nprint("script", ${number})`);
        const all = await Promise.all(codes.map((code) => executor.execute({ code }, { signal })));
        for (const [at, { output }] of all.entries()) assert.match(output, new RegExp(`script ${at + 1}`));
        assert.equal(new Set(all.map(({ id }) => id)).size, 3);
      }));

    it("gives a script no secrets of this process", () =>
      withExecutor(async (executor) => {
        process.env["AIDE_CONFORMANCE_API_KEY"] = "sk-conformance";
        try {
          const { output } = await executor.execute({ code: "import os\nprint(dict(os.environ))" }, { signal });
          assert.doesNotMatch(output, /sk-conformance/);
        } finally {
          delete process.env["AIDE_CONFORMANCE_API_KEY"];
        }
      }));

    it("runs a program of the framework, which answers lines in order and ends with the executor", async () => {
      const folder = await mkdtemp(join(tmpdir(), "aide-program-"));
      const file = join(folder, "echo.py");
      await writeFile(
        file,
        "import sys\nfor line in sys.stdin:\n    if line == 'end\\n':\n        raise SystemExit('enough')\n    print(line.strip() + '!', flush=True)\n",
      );
      await withExecutor(async (executor) => {
        await using program = await executor.start({ file, reads: [folder], writes: [] }, { signal });
        assert.deepEqual(await Promise.all(["one", "two"].map((line) => program.request(line))), ["one!", "two!"]);
        await assert.rejects(
          program.request("end"),
          (error) => AideError.is(error) && /enough/.test(JSON.stringify(error.facts)),
        );
        await assert.rejects(program.request("late"));
      });
    });

    it("rejects when it is stopped, and leaves nothing running", () =>
      withExecutor(async (executor) => {
        const stop = new AbortController();
        const running = executor.execute({ code: "import time\ntime.sleep(60)" }, { signal: stop.signal });
        setTimeout(() => stop.abort(new Error("stopped")), 500);
        const began = performance.now();
        await assert.rejects(running);
        assert.ok(performance.now() - began < 30_000);
      }));
  });
};
