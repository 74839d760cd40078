import { AideError, type GenerateRequest, type Generation } from "@aide-ts/plugin";

/** A poem is asked for: only a server that holds to the schema gives an object. */
const request: GenerateRequest = {
  messages: [{ role: "user", content: "Write a short poem about the sea." }],
  schema: {
    type: "object",
    properties: { ok: { type: "boolean" } },
    required: ["ok"],
    additionalProperties: false,
  },
  temperature: 0,
};

/** Tokens that the probe may take. */
export const schemaProbeTokens = 64;

/** Whether a server holds an answer to a JSON Schema. */
export const holdsToSchema = async (ask: (request: GenerateRequest) => Promise<Generation>): Promise<boolean> => {
  try {
    return isObjectWithOk((await ask(request)).text);
  } catch (error) {
    if (AideError.is(error) && error.code === "AIDE_BACKEND_REFUSED") return false;
    throw error;
  }
};

const isObjectWithOk = (text: string): boolean => {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && "ok" in value;
  } catch {
    return false;
  }
};
