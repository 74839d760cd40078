import type { Json } from "@aide-ts/plugin";

/**
 * The part of Harbor's Agent Trajectory Interchange Format that is written here (RFC 0001, version 1.7; Harbor reads 1.0 to 1.8, which adds audio).
 * What is null there by default is left out here.
 */
export interface AtifTrajectory {
  readonly schema_version: "ATIF-v1.7";
  readonly session_id: string;
  readonly trajectory_id: string;
  readonly agent: AtifAgent;
  /** At least one, numbered from 1. */
  readonly steps: readonly AtifStep[];
  readonly notes?: string;
  readonly final_metrics?: AtifFinalMetrics;
  readonly extra?: Extra;
  /** One for each id that a step refers to. */
  readonly subagent_trajectories?: readonly AtifTrajectory[];
}

type Extra = { readonly [key: string]: Json };

interface AtifAgent {
  readonly name: string;
  readonly version: string;
  readonly model_name?: string;
  readonly extra?: Extra;
}

export type AtifStep = { readonly step_id: number } & AtifTurn;

export type AtifTurn =
  | { readonly source: "system" | "user"; readonly message: string; readonly extra?: Extra }
  | AtifAgentTurn;

export interface AtifAgentTurn {
  readonly source: "agent";
  readonly message: string;
  readonly reasoning_content?: string;
  readonly tool_calls?: readonly AtifToolCall[];
  readonly observation?: { readonly results: readonly AtifResult[] };
  readonly metrics?: AtifMetrics;
  /** Not to be trained on: it was part of a prompt. */
  readonly is_copied_context?: true;
  /** 0: no model was asked, and there are neither metrics nor reasoning. */
  readonly llm_call_count?: number;
  readonly extra?: Extra;
}

export interface AtifToolCall {
  readonly tool_call_id: string;
  readonly function_name: string;
  readonly arguments: Extra;
}

export interface AtifResult {
  /** The id of a tool call of the same step. */
  readonly source_call_id?: string;
  readonly content?: string;
  readonly subagent_trajectory_ref?: readonly { readonly trajectory_id: string }[];
  readonly extra?: Extra;
}

interface AtifMetrics {
  /** Cached tokens among them. */
  readonly prompt_tokens: number;
  /** Reasoning among them. */
  readonly completion_tokens: number;
  readonly cached_tokens: number;
  readonly extra?: Extra;
}

export interface AtifFinalMetrics {
  readonly total_prompt_tokens: number;
  readonly total_completion_tokens: number;
  readonly total_cached_tokens: number;
  readonly total_steps: number;
  readonly extra?: Extra;
}

export const numbered = (turns: readonly AtifTurn[]): readonly AtifStep[] =>
  turns.map((turn, at) => ({ step_id: at + 1, ...turn }));
