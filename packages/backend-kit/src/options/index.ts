export { withFormerNames } from "./former-names.ts";
export {
  contextTokens,
  model,
  path,
  quantization,
  systemMessages,
  thinking,
  thinkingLevel,
  threads,
} from "./model-options.ts";
export { samplingOptions, serverSamplingOptions, type Sampling } from "./sampling-options.ts";
export { serveOptions } from "./serve-options.ts";
export { body, concurrency, keyVariable, url, waitingOptions } from "./server-options.ts";
