/** What a server reports of its load. Counters only grow. */
export interface Load {
  readonly running: number;
  readonly waiting: number;
  /** Fraction of the key-value cache in use. */
  readonly cacheUse: number;
  readonly preemptions: number;
  readonly prefixQueries: number;
  readonly prefixHits: number;
}

/** Sum over engines of a metric's samples, by its whole name: one metric's name may begin another's. */
const total = (lines: readonly string[], ...names: readonly string[]): number => {
  for (const name of names) {
    const samples = lines.flatMap((line) => {
      if (!line.startsWith(name)) return [];
      const rest = line.slice(name.length);
      if (!rest.startsWith("{") && !rest.startsWith(" ")) return [];
      const value = Number(
        rest
          .slice(rest.lastIndexOf("}") + 1)
          .trim()
          .split(" ")[0],
      );
      return Number.isFinite(value) ? [value] : [];
    });
    if (samples.length > 0) return samples.reduce((sum, value) => sum + value, 0);
  }
  return 0;
};

/** Reads `/metrics`, under the names of this and of earlier versions. */
export const readLoad = (text: string): Load => {
  const lines = text.split("\n").filter((line) => line.startsWith("vllm:"));
  return {
    running: total(lines, "vllm:num_requests_running"),
    waiting: total(lines, "vllm:num_requests_waiting"),
    cacheUse: total(lines, "vllm:kv_cache_usage_perc", "vllm:gpu_cache_usage_perc"),
    preemptions: total(lines, "vllm:num_preemptions_total"),
    prefixQueries: total(lines, "vllm:prefix_cache_queries_total", "vllm:gpu_prefix_cache_queries_total"),
    prefixHits: total(lines, "vllm:prefix_cache_hits_total", "vllm:gpu_prefix_cache_hits_total"),
  };
};

/** Tokens to a block of the prefix cache; `undefined` where the server keeps no prefixes or does not say. */
export const prefixBlock = (text: string): number | undefined => {
  const info = text.split("\n").find((line) => line.startsWith("vllm:cache_config_info{")) ?? "";
  if (!info.includes('enable_prefix_caching="True"')) return undefined;
  const block = Number(/[{,]block_size="(\d+)"/.exec(info)?.[1]);
  return Number.isInteger(block) && block > 0 ? block : undefined;
};
