/** The models as the staff API tells of them. */
export const JOBS = ["talk", "read", "summarise", "translate", "write"] as const;
export type Job = (typeof JOBS)[number];
export const TRIALS = ["chat", "tools", "streaming", "json"] as const;
export type Trial = (typeof TRIALS)[number];
export const STAGES = ["faq", "understanding", "answers", "first", "full"] as const;
export type Stage = (typeof STAGES)[number];

export type Choice = Record<Job | "model" | "url" | "price", string>;

/** By `turn_steps`, `day_cost` and so on; amounts of money come as text. Null: no limit. */
export type Limits = Record<string, number | string | null>;

export interface ModelsView {
  source: "settings" | "console" | "none";
  jobs: { job: Job; model: string; outside: boolean; priced: boolean }[];
  choice: Choice;
  has_key: boolean;
  vendors: { name: string; title: Record<string, string>; settings: string[] }[];
  audit_days: number;
  tokens_today: number;
  dollars_today: number;
  limits: Limits;
}

export interface TrialRow {
  model: string;
  trial: Trial;
  works: boolean;
  trouble: string;
  first_word: number | null;
  waited: number | null;
  seconds: number | null;
  tokens: number | null;
  dollars: number | null;
}

export interface StageRule {
  stage: Stage;
  channels: string[];
  share: number;
}

export interface Stages {
  stages: StageRule[];
  at_most: Stage;
}

export interface CostRow {
  day: string;
  model: string;
  asked: number;
  tokens: number;
  dollars: number | null;
  a_conversation: number | null;
  a_resolution: number | null;
}

export interface BlockRow {
  at: string;
  conversation: string;
  turn: number;
  why: string;
  text: string;
}
