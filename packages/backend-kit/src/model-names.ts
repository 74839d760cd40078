const distills: Readonly<Record<string, string>> = {
  "deepseek-1.5b": "deepseek-ai/DeepSeek-R1-Distill-Qwen-1.5B",
  "deepseek-7b": "deepseek-ai/DeepSeek-R1-Distill-Qwen-7B",
  "deepseek-8b": "deepseek-ai/DeepSeek-R1-Distill-Llama-8B",
  "deepseek-14b": "deepseek-ai/DeepSeek-R1-Distill-Qwen-14B",
  "deepseek-32b": "deepseek-ai/DeepSeek-R1-Distill-Qwen-32B",
  "deepseek-70b": "deepseek-ai/DeepSeek-R1-Distill-Llama-70B",
};

/** The name on the hub of a model by its short name; any other name stays what it is. */
export const hubName = (model: string): string => distills[model.toLowerCase()] ?? model;
