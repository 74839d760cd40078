import type { Usage } from "@aide-ts/plugin";
import type { Limits, Price } from "./limits.ts";
import { billedTokens, costOf } from "./spending.ts";

/** An allowance: what a call may use at most. */
export interface Allowance {
  readonly role: string;
  /** What the call is for. */
  readonly phase?: string;
  /** An estimate. */
  readonly prompt: number;
  /** Reasoning and answer together. */
  readonly granted: number;
}

/** One limit on what model calls use, and how much of it is used and set aside. */
export interface Meter {
  readonly name: string;
  readonly limit: number;
  /** What of a call counts here. */
  readonly weigh: (role: string, usage: Usage) => number;
  /** The most that a call could count here; 0 for one that is none of its business. */
  readonly atMost: (allowance: Allowance) => number;
  used: number;
  reserved: number;
}

type Scale = Pick<Meter, "weigh" | "atMost">;

const all: Scale = {
  weigh: (_role, usage) => billedTokens(usage),
  atMost: ({ prompt, granted }) => prompt + granted,
};

const ofRole = (wanted: string): Scale => ({
  weigh: (role, usage) => (role === wanted ? all.weigh(role, usage) : 0),
  atMost: (allowance) => (allowance.role === wanted ? all.atMost(allowance) : 0),
});

const money = (priceOf: (role: string) => Price | undefined): Scale => ({
  weigh: (role, usage) => {
    const price = priceOf(role);
    return price === undefined ? 0 : costOf(usage, price);
  },
  atMost: ({ role, prompt, granted }) => {
    const price = priceOf(role);
    return price === undefined ? 0 : costOf({ prompt, cached: 0, reasoning: 0, answer: granted }, price);
  },
});

/** A meter for each limit on model calls. */
export const metersFor = (limits: Limits, priceOf: (role: string) => Price | undefined): readonly Meter[] => {
  const meter = (name: string, limit: number | undefined, scale: Scale): readonly Meter[] =>
    limit === undefined ? [] : [{ name, limit, ...scale, used: 0, reserved: 0 }];
  return [
    ...meter("tokens", limits.tokens, all),
    ...meter("prompt tokens", limits.promptTokens, {
      weigh: (_role, { prompt, cached }) => prompt - cached,
      atMost: ({ prompt }) => prompt,
    }),
    ...meter("reasoning tokens", limits.reasoningTokens, {
      weigh: (_role, { reasoning }) => reasoning,
      atMost: ({ granted }) => granted,
    }),
    ...meter("answer tokens", limits.answerTokens, {
      weigh: (_role, { answer }) => answer,
      atMost: ({ granted }) => granted,
    }),
    ...Object.entries(limits.roleTokens ?? {}).flatMap(([role, limit]) =>
      meter(`tokens of the ${role} role`, limit, ofRole(role)),
    ),
    ...meter("money", limits.cost, money(priceOf)),
  ];
};
