import { AideError, type Usage } from "@aide-ts/plugin";

/** The server takes prompts of any length, and writes rubbish after long ones. */
export const overflow = (spent: Usage, context: number, server: string): AideError =>
  new AideError({
    code: "AIDE_CONTEXT_OVERFLOW",
    message: `The prompt has ${spent.prompt} tokens; prompt and answer together may have ${context}.`,
    fix: "Take a model with a longer context, or shorten the prompt: preview.characters=…",
    fault: "backend",
    facts: { server },
    spent,
  });

export const noTokenizer = (folder: string): AideError =>
  new AideError({
    code: "AIDE_MODEL_FILES",
    message: "The model's folder has no tokenizer.json that could be read.",
    fix: "Fetch the whole model: aide models pull …",
    fault: "user",
    facts: { folder },
  });

export const notInstalled = (): AideError =>
  new AideError({
    code: "AIDE_TRANSFORMERS_MISSING",
    message: "Hugging Face's transformers is not installed, and no address of a running server is given.",
    fix: 'pip install "transformers[serving]" torch, or name its Python: backend.serve.python=…, or a server: backend.url=…',
    fault: "user",
  });
