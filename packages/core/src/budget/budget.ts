import { Stop, type Remaining, type Usage } from "@aide-ts/plugin";

/** What a run may use; `undefined` is no limit. Tokens: reasoning + answer + prompt tokens that were not cached, all roles. */
export interface Limits {
  readonly steps?: number | undefined;
  readonly tokens?: number | undefined;
  readonly executions?: number | undefined;
  /** Running time of the whole run, in seconds. */
  readonly seconds?: number | undefined;
}

export type Resource = "tokens" | "executions" | "seconds";

export const billedTokens = (usage: Usage): number => usage.reasoning + usage.answer + usage.prompt - usage.cached;

/**
 * A latched stop: once a resource has refused a call it refuses every later one, so that a run does not end on whatever happened to be
 * small enough. Tokens are reserved before a call is sent; what is in flight is all that can be spent beyond a limit.
 */
export class Budget {
  readonly #limits: Limits;
  readonly #gone = new Set<Resource>();
  readonly #waiting: (() => void)[] = [];
  readonly spent = {
    prompt: 0,
    cached: 0,
    reasoning: 0,
    answer: 0,
    lost: 0,
    calls: 0,
    executions: 0,
    executorSeconds: 0,
  };
  #tokens = 0;
  #reserved = 0;

  constructor(limits: Limits) {
    this.#limits = limits;
  }

  /** Tokens spent in the budget's unit, those of lost calls included. */
  get tokens(): number {
    return this.#tokens;
  }

  isGone(resource: Resource): boolean {
    return this.#gone.has(resource);
  }

  /** Refuses from now on. */
  latch(resource: Resource): void {
    this.#gone.add(resource);
    for (const wake of this.#waiting.splice(0)) wake();
  }

  check(resource: Resource): void {
    if (this.#gone.has(resource)) throw exhausted(resource, this.#limits);
  }

  /**
   * Takes `need` tokens aside for a call, and gives the function that settles it with what was really used. Waits for calls in flight where
   * their unused reservations may make room.
   * @throws Stop when the whole allowance does not fit.
   */
  async reserve(need: number): Promise<(usage: Usage | undefined) => void> {
    const limit = this.#limits.tokens ?? Number.POSITIVE_INFINITY;
    for (;;) {
      this.check("seconds");
      this.check("tokens");
      if (this.#tokens + this.#reserved + need <= limit) break;
      if (this.#tokens + need > limit || this.#reserved === 0) {
        this.latch("tokens");
        throw exhausted("tokens", this.#limits);
      }
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
    this.#reserved += need;
    return (usage) => {
      this.#reserved -= need;
      if (usage !== undefined) this.charge(usage);
      for (const wake of this.#waiting.splice(0)) wake();
    };
  }

  charge(usage: Usage): void {
    this.spent.prompt += usage.prompt;
    this.spent.cached += usage.cached;
    this.spent.reasoning += usage.reasoning;
    this.spent.answer += usage.answer;
    this.spent.calls++;
    this.#tokens += billedTokens(usage);
  }

  /** Bills a call that started and whose end nobody saw: its process was killed. */
  chargeLost(tokens: number): void {
    this.spent.lost += tokens;
    this.#tokens += tokens;
  }

  /** @throws Stop when no execution is left. */
  takeExecution(): void {
    this.check("seconds");
    this.check("executions");
    if (this.spent.executions >= (this.#limits.executions ?? Number.POSITIVE_INFINITY)) {
      this.latch("executions");
      throw exhausted("executions", this.#limits);
    }
    this.spent.executions++;
  }

  remaining(elapsedSeconds: number): Remaining {
    const left = (limit: number | undefined, used: number) =>
      limit === undefined ? Number.MAX_SAFE_INTEGER : Math.max(0, limit - used);
    return {
      tokens: this.#gone.has("tokens") ? 0 : left(this.#limits.tokens, this.#tokens + this.#reserved),
      executions: left(this.#limits.executions, this.spent.executions),
      seconds: left(this.#limits.seconds, elapsedSeconds),
    };
  }
}

const exhausted = (resource: Resource, limits: Limits): Stop =>
  new Stop("budget", `The budget of ${limits[resource] ?? 0} ${resource} is used up.`);
