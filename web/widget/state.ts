/** What the chat shows at a moment, and what it is handed by the page around it. */
import type { Block, Cart, ServedBy, TranscriptEntry } from "../shared/blocks";
import type { Language } from "../shared/preferences";
import type { Pressed } from "../shared/views/context";
import type { Pending } from "./session";

export interface State {
  started: boolean;
  starting: boolean;
  transcript: TranscriptEntry[];
  outbox: Pending[];
  /** The answer being made right now, block by block. */
  arriving: { id: string; blocks: Block[] } | null;
  offline: boolean;
  typing: boolean;
  servedBy: ServedBy;
  /** How far the person who answers has read, by place in the log. */
  read: number;
  cart: Cart | null;
  pressed: Pressed;
  unread: number;
  /** What is written but not sent. */
  draft: string;
  /** The language last spoken here; it may differ from the page's. */
  language: Language;
}

export interface Wish {
  text?: string;
  choice?: string;
  form?: { form: string; values: Record<string, unknown> };
  attachments?: string[];
  /** The text was heard, not typed. */
  spoken?: boolean;
  /** What the shopper sees as their own words until the server has told them. */
  label?: string;
}

export interface Surroundings {
  language: () => Language;
  customerToken: string | null;
  product: () => string | null;
  /** Is the chat before the shopper? */
  isOpen: () => boolean;
}

export function blank(language: Language): State {
  return {
    started: false,
    starting: false,
    transcript: [],
    outbox: [],
    arriving: null,
    offline: false,
    typing: false,
    servedBy: "assistant",
    read: 0,
    cart: null,
    pressed: { choices: {}, feedback: {}, forms: [] },
    unread: 0,
    draft: "",
    language,
  };
}

/** Is it there already? What came from the log is known by its place in it; what this page wrote down itself, by its turn. */
export function isShown(entry: TranscriptEntry, transcript: TranscriptEntry[]): boolean {
  return transcript.some((each) => {
    if (each.seq !== undefined) return each.seq === entry.seq;
    if (each.from !== entry.from || each.turn !== entry.turn) return false;
    return entry.from === "shopper" ? each.id === entry.id : blockIds(each) === blockIds(entry);
  });
}

function blockIds(entry: TranscriptEntry): string {
  return (entry.blocks ?? []).map((block) => block.id).join(" ");
}
