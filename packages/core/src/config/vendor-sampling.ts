/** How a model's vendor says that it should be sampled, and how much it may write. */
export interface VendorSampling {
  readonly temperature: number;
  readonly topP: number;
  readonly maxTokens: number;
}

/** Of DeepSeek-R1 and its distills, as their model cards have it (deepseek-ai/DeepSeek-R1, usage recommendations and evaluation). */
const deepseekR1: VendorSampling = { temperature: 0.6, topP: 0.95, maxTokens: 32_768 };

/** Whether a name is that of DeepSeek-R1 or of one of its distills. */
export const isDeepseekR1 = (model: string): boolean => /deepseek-r1\b|^deepseek-(1\.5|7|8|14|32|70)b$/i.test(model);

/** Options of a backend that serves one: it knows no system message, and now and then leaves the thought out unless it is opened for it. */
export const deepseekR1Options = { systemMessages: "merge", thinking: true } as const;

/** What a model's name alone says of its sampling. */
export const vendorSampling = (model: unknown): VendorSampling | undefined =>
  typeof model === "string" && isDeepseekR1(model) ? deepseekR1 : undefined;
