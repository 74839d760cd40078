import { Stop, type Remaining, type Usage } from "@aide-ts/plugin";
import type { ReachedLimit } from "../events/event.ts";
import type { Bill } from "../events/history.ts";
import type { Limits, Price } from "./limits.ts";
import { metersFor, type Allowance, type Meter } from "./meter.ts";
import { billedTokens, costOf, nothingSpent, together, withCall, type Spending } from "./spending.ts";

type InFlight = ReachedLimit["inFlight"];

/** What the calls of a role have used for one purpose. */
export interface Use {
  readonly role: string;
  /** `code`, `critique`, `plan` …, as strategies name it. */
  readonly phase: string;
  readonly spent: Spending;
}

/** A limit was reached. */
export class Exhausted extends Stop {
  readonly limit: ReachedLimit;

  constructor(limit: ReachedLimit) {
    super("budget", `The budget of ${limit.name} is used up.`);
    this.limit = limit;
  }
}

/**
 * A latched stop: once a limit has refused a call it refuses every later one, so that a run does not end on whatever happened to be
 * small enough. A call's whole allowance is reserved before it is sent; what is in flight is all that can be spent beyond a limit.
 */
export class Budget {
  readonly #limits: Limits;
  readonly #priceOf: (role: string) => Price | undefined;
  readonly #meters: readonly Meter[];
  readonly #gone = new Map<string, ReachedLimit>();
  readonly #waiting: (() => void)[] = [];
  readonly #uses = new Map<string, Use>();
  #inFlight: InFlight = { calls: 0, tokens: 0 };
  #executions = 0;
  #executorSeconds = 0;

  /** `past`: what the log of a resumed run holds. A limit that it reached is still reached unless it was raised. */
  constructor(
    limits: Limits,
    priceOf: (role: string) => Price | undefined,
    past: { readonly bills: readonly Bill[]; readonly limits: readonly ReachedLimit[] },
  ) {
    this.#limits = limits;
    this.#priceOf = priceOf;
    this.#meters = metersFor(limits, priceOf);
    for (const bill of past.bills) {
      if (bill.kind === "call") this.charge(bill, bill.usage);
      else if (bill.kind === "execution") this.#restoreExecution(bill.seconds);
      else this.#chargeLost(bill);
    }
    for (const reached of past.limits)
      if (this.#amountOf(reached.name) <= reached.amount) this.#gone.set(reached.name, reached);
  }

  /** Tokens spent in the budget's unit, those of lost calls included. */
  get tokens(): number {
    const all = together(this.uses.map(({ spent }) => spent));
    return billedTokens(all) + all.lost;
  }

  /** What calls have used by role and phase, in the order of their first call. */
  get uses(): readonly Use[] {
    return [...this.#uses.values()];
  }

  get byRole(): ReadonlyMap<string, Spending> {
    const roles = [...new Set(this.uses.map(({ role }) => role))];
    return new Map(
      roles.map((role) => [role, together(this.uses.flatMap((use) => (use.role === role ? [use.spent] : [])))]),
    );
  }

  get spent(): Spending & { readonly executions: number; readonly executorSeconds: number } {
    return {
      ...together(this.uses.map(({ spent }) => spent)),
      executions: this.#executions,
      executorSeconds: this.#executorSeconds,
    };
  }

  /** What the calls of roles with a price have cost; `undefined` where no role has one. */
  get cost(): number | undefined {
    const priced = [...this.byRole].flatMap(([role, spent]) => {
      const price = this.#priceOf(role);
      return price === undefined ? [] : [costOf(spent, price)];
    });
    return priced.length === 0 ? undefined : priced.reduce((sum, cost) => sum + cost, 0);
  }

  /** The limits that were reached. */
  get gone(): readonly ReachedLimit[] {
    return [...this.#gone.values()];
  }

  /** Refuses from now on, and gives the error that says so. */
  latch(name: string): Exhausted {
    const reached = this.#gone.get(name) ?? { name, amount: this.#amountOf(name), inFlight: this.#inFlight };
    this.#gone.set(name, reached);
    this.#wake();
    return new Exhausted(reached);
  }

  /**
   * Reserves a call's whole allowance, and gives the function that releases it and charges what was really used. Waits for calls in flight
   * where what they leave over may make room.
   * @throws Stop when the allowance does not fit.
   */
  async reserve(allowance: Allowance): Promise<(usage: Usage | undefined) => void> {
    const needs = this.#meters.flatMap((meter) => {
      const need = meter.atMost(allowance);
      return need === 0 ? [] : [{ meter, need }];
    });
    for (;;) {
      this.#check("time");
      for (const { meter } of needs) this.#check(meter.name);
      const short = needs.find(({ meter, need }) => meter.used + meter.reserved + need > meter.limit);
      if (short === undefined) break;
      if (short.meter.used + short.need > short.meter.limit || short.meter.reserved === 0)
        throw this.latch(short.meter.name);
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
    const aside = (sign: 1 | -1) => {
      for (const { meter, need } of needs) meter.reserved += sign * need;
      this.#inFlight = {
        calls: this.#inFlight.calls + sign,
        tokens: this.#inFlight.tokens + sign * (allowance.prompt + allowance.granted),
      };
    };
    aside(1);
    return (usage) => {
      aside(-1);
      if (usage !== undefined) this.charge(allowance, usage);
      this.#wake();
    };
  }

  charge({ role, phase = "" }: Pick<Allowance, "role" | "phase">, usage: Usage): void {
    this.#spend(role, phase, (spent) => withCall(spent, usage));
    for (const meter of this.#meters) meter.used += meter.weigh(role, usage);
  }

  /** @throws Stop when no execution is left. */
  startExecution(): void {
    this.#check("time");
    this.#limit("executions", this.#executions);
    this.#limit("executor seconds", this.#executorSeconds);
    this.#executions++;
  }

  endExecution(seconds: number): void {
    this.#executorSeconds += seconds;
  }

  remaining(elapsedSeconds: number): Remaining {
    const tokens = this.#meters.find(({ name }) => name === "tokens");
    const tokensUsed = this.#gone.has("tokens")
      ? Number.POSITIVE_INFINITY
      : (tokens?.used ?? 0) + (tokens?.reserved ?? 0);
    return {
      ...left("tokens", tokens?.limit, tokensUsed),
      ...left("executions", this.#limits.executions, this.#executions),
      ...left("executorSeconds", this.#limits.executorSeconds, this.#executorSeconds),
      ...left("seconds", this.#limits.seconds, elapsedSeconds),
    };
  }

  #restoreExecution(seconds: number): void {
    this.#executions++;
    this.#executorSeconds += seconds;
  }

  #spend(role: string, phase: string, more: (spent: Spending) => Spending): void {
    const key = JSON.stringify([role, phase]);
    this.#uses.set(key, { role, phase, spent: more(this.#uses.get(key)?.spent ?? nothingSpent) });
  }

  #chargeLost({ role, phase = "", prompt, granted }: Allowance): void {
    this.#spend(role, phase, (spent) => ({ ...spent, lost: spent.lost + prompt + granted }));
    for (const meter of this.#meters) meter.used += meter.atMost({ role, prompt, granted });
  }

  #limit(name: string, used: number): void {
    this.#check(name);
    if (used >= this.#amountOf(name)) throw this.latch(name);
  }

  #check(name: string): void {
    const reached = this.#gone.get(name);
    if (reached !== undefined) throw new Exhausted(reached);
  }

  #amountOf(name: string): number {
    const { executions, executorSeconds, seconds } = this.#limits;
    const others: Readonly<Record<string, number | undefined>> = {
      executions,
      "executor seconds": executorSeconds,
      time: seconds,
    };
    return this.#meters.find((meter) => meter.name === name)?.limit ?? others[name] ?? Number.POSITIVE_INFINITY;
  }

  #wake(): void {
    for (const wake of this.#waiting.splice(0)) wake();
  }
}

const left = (name: keyof Remaining, limit: number | undefined, used: number): Remaining =>
  limit === undefined ? {} : { [name]: Math.max(0, limit - used) };
