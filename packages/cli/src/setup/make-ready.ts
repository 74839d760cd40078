import type { PrepareHost } from "@aide-ts/plugin";
import { preparePlugins, type Plugins } from "@aide-ts/run";
import type { Shell } from "../shell.ts";
import { ProgressBar } from "./progress-bar.ts";

type Preparer = "executor" | "backend";

interface ShownProgress extends Disposable {
  readonly of: (preparer: Preparer) => PrepareHost["onProgress"];
}

const labels = { executor: "python   ", backend: "model    " } as const;

/** Shows how plugins make themselves ready: a labelled line for each, further lines below, and a bar for downloads. */
export const showProgress = (shell: Shell): ShownProgress => {
  const bar = new ProgressBar(shell);
  const labelled = new Set<Preparer>();
  return {
    of: (preparer) => (progress) => {
      switch (progress.kind) {
        case "line":
          if (labelled.has(preparer)) return bar.line(progress.text);
          labelled.add(preparer);
          return shell.out(`${labels[preparer]}${progress.text}`);
        case "download":
          return bar.draw(progress.bytes, progress.total, progress.bytesPerSecond);
        case "left-out":
          return shell.err(`         ${progress.what} is left out: ${progress.why}\n         fix  ${progress.fix}`);
      }
    },
    [Symbol.dispose]: () => bar[Symbol.dispose](),
  };
};

/** Has the plugins of a config bring what a new machine lacks, as packages for scripts and a model. */
export const makeReady = async (
  plugins: Partial<Pick<Plugins, "backends" | "executor">>,
  shell: Shell,
): Promise<void> => {
  using shown = showProgress(shell);
  await preparePlugins(plugins, shell, {
    signal: shell.signal,
    onProgress: (of, progress) => shown.of(of)(progress),
  });
};
