import { cpus } from "node:os";

/** CPU time in seconds since some moment: of the whole machine, and of this process. */
export interface CpuTime {
  readonly wall: number;
  readonly busy: number;
  readonly own: number;
  readonly cores: number;
}

const windowSeconds = 0.2;
/** Other programs' work that is no reason to give up a core. */
const toleratedCores = 0.3;

export const readCpuTime = (): CpuTime => {
  const { user, system } = process.cpuUsage();
  const cores = cpus();
  const busy = cores.reduce((sum, { times }) => sum + times.user + times.nice + times.sys + times.irq, 0);
  return { wall: performance.now() / 1_000, busy: busy / 1_000, own: (user + system) / 1e6, cores: cores.length };
};

/** Threads that find a core of their own between two readings, at least one. */
export const threadsBetween = (before: CpuTime, after: CpuTime, most: number): number => {
  const seconds = after.wall - before.wall;
  const others = Math.max(0, after.busy - before.busy - (after.own - before.own)) / seconds;
  return Math.max(1, Math.min(most, Math.floor(after.cores - others + toleratedCores)));
};

/**
 * Keeps the threads of llama.cpp to the cores that other programs leave free. Its threads wait for each other after every operation by
 * spinning: one that has to share its core holds up all others, and generation is then ten times slower than with one thread less.
 */
export class ThreadGovernor {
  readonly #target: { maxThreads: number };
  readonly #most: number;
  #last = readCpuTime();

  constructor(target: { maxThreads: number }, most: number) {
    this.#target = target;
    this.#most = most;
  }

  /** To be called before a generation: what ran since the last one, a script or the load of the model, says nothing about now. */
  restart(): void {
    this.#target.maxThreads = this.#most;
    this.#last = readCpuTime();
  }

  /** To be called often: looks at most every 0.2 s. */
  update(): void {
    if (performance.now() / 1_000 - this.#last.wall < windowSeconds) return;
    const now = readCpuTime();
    this.#target.maxThreads = threadsBetween(this.#last, now, this.#most);
    this.#last = now;
  }
}
