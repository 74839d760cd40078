// Starts one server and keeps it until Ctrl-C: serve.ts ollama|vllm|transformers [model], where model is a folder of install-models.ts.
import { type Server, startOllama, startTransformersServe, startVllm } from "./servers.ts";

const [kind = "", model = "smollm2-135m"] = process.argv.slice(2);

const start = async (): Promise<Server & { readonly model?: string }> => {
  switch (kind) {
    case "ollama":
      return startOllama();
    case "vllm":
      return startVllm({ model, flags: ["--enable-prompt-tokens-details"] });
    case "transformers":
      return startTransformersServe({ model });
    default:
      throw new Error("serve.ts ollama|vllm|transformers [model]");
  }
};

try {
  const stopped = new Promise<unknown>((resolve) => void process.once("SIGINT", resolve).once("SIGTERM", resolve));
  await using server = await start();
  console.log(`${server.url}${server.model === undefined ? "" : `   model  ${server.model}`}   log  ${server.logFile}`);
  await stopped;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
