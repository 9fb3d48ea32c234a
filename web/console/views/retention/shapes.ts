/** What the doors of the insights room answer. */
export interface Quality {
  people: number;
  left: number;
  auc: { value: number; low: number; high: number };
  brier: number;
  ece: number;
  lift: number;
}

export interface Segment {
  segment: string;
  title: string;
  who: string;
  action: string;
  how: string;
  people: number;
  at_stake: number;
  expected: { source: "measured" | "assumed"; gain: [number, number]; buyers: [number, number]; amount: [number, number]; by: { name: string } | null; at: string } | null;
  assumed: [number, number] | null;
  treatment: string | null;
}

export interface Group {
  people: number;
  bought: number;
  amount: number;
}

export interface Treatment {
  id: string;
  segment: string;
  title: string;
  action: string;
  by: { name: string };
  started_at: string;
  ends_at: string;
  state: "running" | "over" | "stopped";
  treated: Group;
  held_out: Group;
  effect: { gain: number; low: number; high: number } | null;
  return_on_spend: number | null;
}

export interface Overview {
  at: string | null;
  trouble: string | null;
  horizon: number | null;
  scored: number;
  currency: string;
  models: { name: string; title: string; chosen: boolean; quality: Quality }[];
  segments: Segment[];
  treatments: Treatment[];
}

export interface Person {
  customer: number;
  name: string;
  email: string;
  phone: string;
  agreed: string[];
  probability: number;
  at_stake: number;
  reasons: string[];
  usual: string[];
  held_out: boolean;
}
