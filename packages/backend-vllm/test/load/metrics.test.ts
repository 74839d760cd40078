import { describe, expect, it } from "vitest";
import { prefixBlock, readLoad } from "../../src/load/metrics.ts";

const now = `# HELP vllm:num_requests_running Number of requests
# TYPE vllm:num_requests_running gauge
vllm:num_requests_running{engine="0",model_name="m"} 3.0
vllm:num_requests_running{engine="1",model_name="m"} 2.0
vllm:num_requests_waiting{engine="0",model_name="m"} 4.0
vllm:num_requests_waiting_by_reason{engine="0",model_name="m",reason="capacity"} 9.0
vllm:kv_cache_usage_perc{engine="0",model_name="m"} 0.25
vllm:num_preemptions_total{engine="0",model_name="m"} 7.0
vllm:prefix_cache_queries_total{engine="0",model_name="m"} 1000.0
vllm:prefix_cache_hits_total{engine="0",model_name="m"} 640.0
vllm:cache_config_info{block_size="128",cache_dtype="auto",effective_attention_block_size="128",enable_prefix_caching="True"} 1.0
`;

describe("readLoad", () => {
  it("adds up engines, and takes a metric by its whole name", () => {
    expect(readLoad(now)).toEqual({
      running: 5,
      waiting: 4,
      cacheUse: 0.25,
      preemptions: 7,
      prefixQueries: 1000,
      prefixHits: 640,
    });
  });

  it("knows the names of earlier versions", () => {
    expect(
      readLoad('vllm:gpu_cache_usage_perc{model_name="m"} 0.5\nvllm:gpu_prefix_cache_hits_total{} 3'),
    ).toMatchObject({
      cacheUse: 0.5,
      prefixHits: 3,
    });
  });

  it.each(["", "<html>", "vllm:num_requests_running", "vllm:num_requests_running{} many"])(
    "makes zeros of %j",
    (text) => {
      expect(Object.values(readLoad(text))).toEqual([0, 0, 0, 0, 0, 0]);
    },
  );
});

describe("prefixBlock", () => {
  it("is the block's tokens, where prefixes are kept", () => {
    expect(prefixBlock(now)).toBe(128);
    expect(prefixBlock(now.replace('enable_prefix_caching="True"', 'enable_prefix_caching="False"'))).toBeUndefined();
    expect(prefixBlock("")).toBeUndefined();
  });
});
