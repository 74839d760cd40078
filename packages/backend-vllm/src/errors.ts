import { AideError } from "@aide-ts/plugin";

export const notServing = (server: string): AideError =>
  new AideError({
    code: "AIDE_BACKEND_NOT_AN_API",
    message: "The server at this address lists no models.",
    fix: "Give the address of a vLLM server: backend.url=http://HOST:8000",
    fault: "user",
    facts: { server },
  });

export const notInstalled = (): AideError =>
  new AideError({
    code: "AIDE_VLLM_MISSING",
    message: "vLLM is not installed, and no address of a running server is given.",
    fix: "pip install vllm, or name its Python: backend.serve.python=…, or a server: backend.url=…, or take Hugging Face's: backend.use=transformers",
    fault: "user",
  });

export const doesNotTokenize = (server: string): AideError =>
  new AideError({
    code: "AIDE_BACKEND_REFUSED",
    message: "The server does not tokenize: its prompts cannot be counted, nor its answers gone on from.",
    fix: "Take vLLM itself for this, or backend.use=openai without such strategies.",
    fault: "backend",
    facts: { server },
  });
