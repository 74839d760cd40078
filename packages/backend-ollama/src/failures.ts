import { modelNotFound, refusalFailure, refusalText, saysOverflow } from "@aide-ts/backend-kit";
import type { AideError } from "@aide-ts/plugin";
import { memoryTooSmall, thinksOtherwise, writesNoText, notOllama, schemaUnsupported } from "./errors.ts";

export interface Refused {
  readonly server: string;
  readonly model: string;
  readonly status: number;
  readonly body: string;
  readonly header: (name: string) => string | undefined;
}

const isJson = (body: string): boolean => {
  try {
    JSON.parse(body);
    return true;
  } catch {
    return false;
  }
};

/** Some refusals come with status 500, as a failure of the server would, though asking again changes nothing. */
export const refusal = ({ server, model, status, body, header }: Refused): AideError => {
  const answer = refusalText(body);
  const facts = { server, model, status: String(status), "it says": answer.replaceAll(/\s+/g, " ").slice(0, 600) };
  if (status === 404)
    return isJson(body)
      ? modelNotFound(server, model, [], answer, { instead: `run: ollama pull ${model}` })
      : notOllama(server, body);
  if (saysOverflow(answer)) return refusalFailure({ server, status: 400, body, model, header, keyFix: "" });
  if (/invalid json schema in format|invalid format|(failed|unable|error) .*(grammar|json_schema)/i.test(answer))
    return schemaUnsupported(facts);
  if (/more system memory|out of memory|unable to allocate|cudaMalloc failed/i.test(answer))
    return memoryTooSmall(facts);
  if (/does not support thinking|think value/i.test(answer)) return thinksOtherwise(facts);
  if (/does not support (chat|generate|completion)/i.test(answer)) return writesNoText(facts);
  if (/^option ".*" must be of type|invalid duration|unknown unit/i.test(answer))
    return refusalFailure({ server, status: 400, body, model, header, keyFix: "" });
  return refusalFailure({ server, status, body, model, header, keyFix: "Sign this Ollama in: ollama signin" });
};
