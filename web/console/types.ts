/** What the staff API sends and takes (field names are the API's). */
import type { Block, CartBlock, Money, OrderBlock, ReturnBlock, Source } from "../shared/blocks";

export type Role = "owner" | "manager" | "agent" | "editor";
export type Presence = "online" | "away" | "offline";
export type Priority = "low" | "normal" | "high" | "urgent";
export type Permission =
  | "converse" | "see_all" | "approve" | "edit_replies" | "edit_knowledge" | "see_metrics" | "see_audit" | "manage_people" | "edit_settings";
export type View = "mine" | "unassigned" | "waiting" | "all" | "snoozed" | "closed";

export interface StaffRef {
  id: string;
  name: string;
}

export interface Staff extends StaffRef {
  email: string;
  role: Role;
  languages: string[];
  skills: string[];
  teams: string[];
  capacity: number;
  refund_limit: Money | null;
  presence: Presence;
  open: number;
  totp: boolean;
  disabled: boolean;
}

export interface Session {
  staff: Staff;
  csrf: string;
  expires_at: string;
  may: Permission[];
  /** The shop's own: its days are those of all figures. */
  time_zone: string;
}

export interface CustomerRef {
  id: string | number;
  name: string | null;
  vip: boolean;
}

export interface Thread {
  id: string;
  state: "assistant" | "queue" | "person" | "snoozed" | "closed";
  owner: StaffRef | null;
  team: string | null;
  channel: string;
  language: string;
  customer: CustomerRef | null;
  subject: string;
  last: { from: Entry["from"]; text: string; at: string } | null;
  reason: string | null;
  queued_at: string | null;
  waiting_since: string | null;
  snoozed_until: string | null;
  priority: Priority;
  labels: string[];
  position: number | null;
  rating: number | null;
  merged_into: string | null;
  created_at: string;
  updated_at: string;
  seq: number;
}

export interface Entry {
  seq: number;
  at: string;
  from: "shopper" | "assistant" | "staff" | "system";
  id?: string | null;
  text?: string | null;
  choice?: string | null;
  attachments?: string[] | null;
  blocks?: Block[] | null;
  staff?: StaffRef | null;
  event?: string | null;
  details?: Record<string, unknown> | null;
}

export interface Note {
  id: string;
  at: string;
  staff: StaffRef;
  text: string;
  mentions: string[];
}

export interface Viewer extends StaffRef {
  typing: boolean;
}

export interface Card {
  wish: string;
  reason: string;
  language: string;
  sentiment: "calm" | "upset" | "angry";
  summary: string[];
  tried: { tool: string; title: string; outcome: "done" | "refused" | "failed"; why?: string | null }[];
  orders: string[];
  products: { product: string; title: string }[];
  policies: Source[];
  next: string[];
  known: Record<string, unknown>;
}

export interface Conversation {
  thread: Thread;
  card: Card | null;
  entries: Entry[];
  notes: Note[];
  viewers: Viewer[];
  delivered: number;
  read: number;
  allowed: string[];
}

export interface Sidebar {
  customer: Record<string, unknown> | null;
  cart: CartBlock | null;
  orders: OrderBlock[];
  returns: ReturnBlock[];
  points: { balance: number; tier: string } | null;
  consents: Consent[];
  contact: Record<string, string>;
  past: Thread[];
  coupons: CouponGiven[];
  may_give: Money | null;
}

export interface CouponGiven {
  code: string;
  amount: Money;
  ends: string;
  state: "open" | "used" | "expired";
}

export interface Consent {
  purpose: string;
  channel: string;
  given: string;
  withdrawn: string | null;
}

export interface Suggestion {
  id: string;
  text: string;
  from: "article" | "answer" | "canned";
  sources: Source[];
}

export interface Canned {
  id: string;
  shortcut: string;
  title: string;
  texts: Record<string, string>;
}

export interface Schema {
  type?: string | string[];
  title?: string;
  description?: string;
  enum?: string[];
  const?: unknown;
  default?: unknown;
  anyOf?: Schema[];
  allOf?: Schema[];
  $ref?: string;
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
  $defs?: Record<string, Schema>;
  minimum?: number;
  maximum?: number;
}

export interface Action {
  tool: string;
  title: string;
  effect: "read" | "write" | "money";
  args: Schema;
}

export interface Approval {
  id: string;
  conversation: string;
  /** Whom it is for; null: nobody the shop knows. */
  customer: CustomerRef | null;
  tool: string;
  title: string;
  args: Record<string, unknown>;
  amount: Money | null;
  asked_by: StaffRef;
  asked_at: string;
  state: "waiting" | "approved" | "refused";
  answered_by: StaffRef | null;
  answered_at: string | null;
  why: string | null;
  /** What came of it once it was approved. */
  result: Acted | null;
}

export interface Acted {
  outcome: "done" | "refused" | "failed" | "waiting";
  result?: unknown;
  code?: string | null;
  approval?: Approval | null;
}

export interface Gap {
  id: number;
  question: string;
  kind: string;
  count: number;
  language: string;
  product: string | null;
  first_asked: string;
  last_asked: string;
}

export interface Spread {
  p50: number | null;
  p90: number | null;
  p99: number | null;
  n: number;
}

export interface Ratio {
  numerator: number;
  denominator: number;
  value: number | null;
}

/** Conversations ended with a suggested reply among the answers, or without one. */
export interface Assist {
  handling: Spread;
  resolved_per_hour: number | null;
}

export interface MetricsRow {
  group: string;
  name: string;
  first_response: Spread;
  first_response_open: Spread;
  reply: Spread;
  reply_open: Spread;
  waiting: Spread;
  handling: Spread;
  resolution: Spread;
  answered: Ratio;
  context_kept: Ratio;
  reopened: Ratio;
  transferred: Ratio;
  abandoned: Ratio;
  csat: Ratio;
  rated: Ratio;
  with_suggestion: Ratio;
  resolved_per_hour: number | null;
  assisted: Assist;
  unassisted: Assist;
}

/** What shoppers came for, and how much of it needed nobody of staff. */
export interface Routine {
  items: { intent: string; alone: Ratio }[];
  total: Ratio;
}

/** What the guides for goods that do not work solved, and which step did. */
export interface GuideFigures {
  items: { guide: string; title: string; solved: Ratio; handed_over: Ratio; dangerous: Ratio; steps: { step: number; solved: Ratio }[] }[];
  total: Ratio;
}

export interface Metrics {
  rows: MetricsRow[];
  total: MetricsRow;
  /** How soon the assistant replied. */
  assistant: Spread;
}

export interface AuditEntry {
  id: number;
  at: string;
  staff: StaffRef | string | null;
  act: string;
  conversation: string | null;
  details: Record<string, unknown>;
}

export type Counts = Record<View, number>;

export interface InboxPage {
  items: Thread[];
  counts: Counts;
  next: string | null;
}
