import type { Host } from "@aide-ts/plugin";

/** What a model server needs of the user's environment: programs, devices, caches, the hub, the network. */
const passedOn = [
  "PATH",
  "HOME",
  "LANG",
  "TMPDIR",
  "XDG_CACHE_HOME",
  "XDG_CONFIG_HOME",
  "LD_LIBRARY_PATH",
  "CUDA_HOME",
  "CUDA_VISIBLE_DEVICES",
  "NVIDIA_VISIBLE_DEVICES",
  "ROCR_VISIBLE_DEVICES",
  "HIP_VISIBLE_DEVICES",
  "OMP_NUM_THREADS",
  "HF_HOME",
  "HF_HUB_CACHE",
  "HF_TOKEN",
  "HF_ENDPOINT",
  "HF_HUB_OFFLINE",
  "TRANSFORMERS_OFFLINE",
  "VLLM_CACHE_ROOT",
  "VLLM_CPU_KVCACHE_SPACE",
  "VLLM_CPU_OMP_THREADS_BIND",
  "VLLM_API_KEY",
  "VLLM_BATCH_INVARIANT",
  "HTTP_PROXY",
  "HTTPS_PROXY",
  "ALL_PROXY",
  "NO_PROXY",
  "http_proxy",
  "https_proxy",
  "all_proxy",
  "no_proxy",
  "SSL_CERT_FILE",
  "SSL_CERT_DIR",
  "REQUESTS_CA_BUNDLE",
  "CURL_CA_BUNDLE",
  "PYENV_ROOT",
  "PYENV_VERSION",
] as const;

/** The environment of a model server that is started: named variables of the user's, and nothing else. */
export const serverEnvironment = (host: Pick<Host, "env">): Readonly<Record<string, string>> =>
  Object.fromEntries(
    passedOn.flatMap((name) => {
      const value = host.env(name);
      return value === undefined ? [] : [[name, value]];
    }),
  );
