import type { GenerateRequest, Strategy } from "@aide-ts/plugin";
import { play, type Played, type Staged } from "@aide-ts/testing";

/** One proposal by these strategies, outermost first. Prompts show their name and all slots. */
export const once = (strategies: readonly Strategy[], more: Staged = {}): Promise<Played> =>
  play({ strategies, limits: { steps: 1 }, ...more });

export const textOf = ({ messages }: GenerateRequest): string => messages.map(({ content }) => content).join("\n");

/** Of every request, the prompt's name and the slots it was filled with. */
export const asked = ({ backend }: Played) =>
  backend.requests.map(({ request }) => {
    const [name = "", slots = "{}"] = textOf(request).split("\n");
    return { name, slots: JSON.parse(slots) as Record<string, string> };
  });

export const block = (code: string): string => `\`\`\`python\n${code}\n\`\`\``;
