import type { Message } from "@aide-ts/plugin";
import { answerTurn, describePrefill } from "../calls/chat.ts";
import type { ModelCall } from "../calls/model-call.ts";
import type { RunFacts } from "../runs/recorded-run.ts";
import { numbered, type AtifAgentTurn, type AtifTrajectory, type AtifTurn } from "./atif.ts";

/** One model call as a trajectory of its own: its prompt is whole, and holds no earlier turn of the run. */
export const callTrajectory = (call: ModelCall, { name, version }: RunFacts): AtifTrajectory => ({
  schema_version: "ATIF-v1.7",
  session_id: name,
  trajectory_id: call.place,
  agent: { name: "aide", version, model_name: call.model, extra: { role: call.role, phase: call.phase } },
  steps: numbered([...call.messages.map(promptTurn), answeredTurn(call)]),
});

const promptTurn = ({ role, content: message }: Message): AtifTurn =>
  role === "assistant" ? { source: "agent", message, is_copied_context: true } : { source: role, message };

const answeredTurn = (call: ModelCall): AtifAgentTurn => {
  const { content: message, reasoning_content } = answerTurn(call);
  const prefill = describePrefill(call);
  const { prompt, cached, reasoning, answer, estimated } = call.usage;
  return {
    source: "agent",
    message,
    ...(reasoning_content === undefined ? {} : { reasoning_content }),
    metrics: {
      prompt_tokens: prompt,
      completion_tokens: reasoning + answer,
      cached_tokens: cached,
      extra: { reasoning_tokens: reasoning, estimated },
    },
    llm_call_count: 1,
    extra: { finish: call.finish, ...(prefill === null ? {} : { prefill }) },
  };
};
