/** The part of the shop file about the desk. */
import type { Priority } from "../../types";

export type Hours = Record<string, string>;

export interface Rule {
  reason: string;
  words: string[];
  intents: string[];
  amount_over: string | number | null;
  mood: "upset" | "angry" | null;
  misses: number | null;
  language: string | null;
  vip: boolean;
  tool_failed: boolean;
  priority: Priority;
  team: string;
}

export interface Mode {
  channel: string;
  hours: Hours;
  who: "assistant" | "person" | "mixed";
}

export interface DeskSettings {
  hours: Hours;
  answer_within: number;
  assign?: "automatic" | "by_hand";
  rules: Rule[];
  modes: Mode[];
  teams: string[];
  limits: Record<string, string | number>;
}

export interface AssistantSettings {
  name: Record<string, string>;
  greeting: Record<string, string>;
  tone: "haeyo" | "hapsyo";
  scope: string[];
  languages: string[];
  instructions: { text: string; intents: string[]; channels: string[] }[];
  banned_claims: { words: string; intents: string[]; channels: string[] }[];
}

export interface OutreachPolicy {
  late_from: string | number | null;
  late_points: number;
  care_days: number | null;
  letters_a_week: number;
  offers: boolean;
}

export interface OutreachSettings {
  settings: OutreachPolicy;
  /** As it is where nothing is set. */
  usual: OutreachPolicy;
  gives_points: boolean;
}

/** How it would open a conversation in a language, and decline what it may not do. */
export interface Spoken {
  language: string;
  greeting: string;
  choices: string[];
  declined: string;
}

/** What came of a message that was tried on the rules. */
export interface TriedMessage {
  text: string;
  intents: string[];
  moods: string[];
  rule: number | null;
  reason: string | null;
}

export interface LastChange {
  at: string;
  staff: { id: string; name: string } | null;
  changed: string[];
}

export const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
export type Day = (typeof DAYS)[number];

/** What a day's hours are by keys such as `mon-fri`, `sat`, `daily`; the narrowest key wins. Null: closed. */
export function hoursOn(hours: Hours, day: Day): [string, string] | null {
  const fitting = Object.keys(hours).filter((key) => covered(key).includes(day));
  const best = fitting.sort((a, b) => covered(a).length - covered(b).length)[0];
  const said = best === undefined ? "closed" : (hours[best] ?? "closed");
  const [from, to] = said.split("-");
  return said === "closed" || !from || !to ? null : [from, to];
}

function covered(key: string): Day[] {
  if (key === "daily") return [...DAYS];
  const [first, last = first] = key.split("-");
  const start = DAYS.indexOf(first as Day);
  const end = DAYS.indexOf(last as Day);
  if (start < 0 || end < 0) return [];
  return start <= end ? DAYS.slice(start, end + 1) : [...DAYS.slice(start), ...DAYS.slice(0, end + 1)];
}

export function hoursText(hours: Hours): string {
  return Object.entries(hours).map(([day, said]) => `${day} ${said}`).join(", ");
}
