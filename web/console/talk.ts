/** One conversation as a member of staff has it before them: what was said, notes, who else looks, what is on its way. */
import { Refused } from "../shared/refused";
import type { StaffApi } from "./api";
import { Unreachable } from "./api";
import { said } from "./inbox";
import type { Heard } from "./live";
import { Store } from "./store";
import { Translating } from "./translating";
import type { Conversation, Entry, Note, Sidebar, Thread, Viewer } from "./types";

/** A message of ours that the server has not told back yet. */
export interface Outgoing {
  id: string;
  text: string;
  at: string;
  suggestion?: string;
  files?: SentFile[];
  failed?: string;
}

/** A file that the server has taken in. */
export interface SentFile {
  id: string;
  name: string;
}

export interface TalkState {
  detail: Conversation | null;
  sidebar: Sidebar | null;
  sidebarFailed: boolean;
  outbox: Outgoing[];
  typing: boolean;
  problem: string;
  missing: boolean;
}

const VIEWING_MS = 20_000;
const TYPING_MS = 6_000;
const TELL_TYPING_MS = 3_000;
const SIDEBAR_MS = 1_200;

export class Talk extends Store<TalkState> {
  readonly translating: Translating;
  private typingEnds = 0;
  private typingTold = 0;
  private sidebarTimer = 0;
  private viewing = 0;
  private closed = false;

  constructor(
    private readonly api: StaffApi,
    readonly id: string,
  ) {
    super({ detail: null, sidebar: null, sidebarFailed: false, outbox: [], typing: false, problem: "", missing: false });
    this.translating = new Translating(api, this.path);
    void this.load();
    void this.loadSidebar();
    this.look();
  }

  get path(): string {
    return `/conversations/${encodeURIComponent(this.id)}`;
  }

  leave(): void {
    this.closed = true;
    clearInterval(this.viewing);
    clearTimeout(this.typingEnds);
    clearTimeout(this.sidebarTimer);
  }

  async load(): Promise<void> {
    try {
      const detail = await this.api.get<Conversation>(this.path);
      const entries = merged(this.state.detail?.entries ?? [], detail.entries);
      this.change({ detail: { ...detail, entries }, problem: "", missing: false });
      this.settle(entries);
    } catch (error) {
      const missing = error instanceof Refused && error.status === 404;
      this.change({ missing, problem: missing ? "" : said(error) });
    }
  }

  async loadSidebar(): Promise<void> {
    try {
      this.change({ sidebar: await this.api.get<Sidebar>(`${this.path}/sidebar`), sidebarFailed: false });
    } catch {
      this.change({ sidebarFailed: true });
    }
  }

  hear({ event, data }: Heard): void {
    if (event === "reset" || event === "again") {
      void this.load();
      void this.loadSidebar();
      return;
    }
    const { detail } = this.state;
    const about = data as { conversation?: string; thread?: Thread; entry?: Entry; note?: Note; viewers?: Viewer[]; delivered?: number; read?: number };
    if (!detail || (about.conversation ?? about.thread?.id) !== this.id) return;
    if (event === "entry" && about.entry) this.take(about.entry);
    else if (event === "note" && about.note) this.keep({ notes: withNote(detail.notes, about.note) });
    else if (event === "viewing" && about.viewers) this.keep({ viewers: about.viewers });
    else if (event === "marks") this.keep({ delivered: about.delivered ?? detail.delivered, read: about.read ?? detail.read });
    else if (event === "typing") this.shopperTypes();
    else if ((event === "thread" || event === "assigned") && about.thread) this.hearThread(about.thread);
  }

  /** Sends, and keeps trying under the same id as long as only the line is at fault. */
  async say(text: string, suggestion?: string, files: SentFile[] = []): Promise<void> {
    const item: Outgoing = { id: crypto.randomUUID(), text, at: new Date().toISOString(), ...(suggestion ? { suggestion } : {}), ...(files.length ? { files } : {}) };
    this.change({ outbox: [...this.state.outbox, item] });
    this.typingTold = 0;
    await this.deliver(item);
  }

  async again(id: string): Promise<void> {
    const item = this.state.outbox.find((each) => each.id === id);
    if (!item) return;
    const { failed: _, ...fresh } = item;
    this.change({ outbox: this.state.outbox.map((each) => (each.id === id ? fresh : each)) });
    await this.deliver(fresh);
  }

  withdraw(id: string): string {
    const item = this.state.outbox.find((each) => each.id === id);
    this.change({ outbox: this.state.outbox.filter((each) => each.id !== id) });
    return item?.text ?? "";
  }

  /** An act upon the conversation that answers with how it stands then. */
  async act(verb: string, body: unknown = {}, method: "post" | "put" = "post"): Promise<Thread> {
    const answer = await this.api[method]<{ thread: Thread }>(`${this.path}/${verb}`, body);
    this.hearThread(answer.thread);
    return answer.thread;
  }

  async addNote(text: string, mentions: string[]): Promise<void> {
    const { note } = await this.api.post<{ note: Note }>(`${this.path}/notes`, { text, mentions });
    if (this.state.detail) this.keep({ notes: withNote(this.state.detail.notes, note) });
  }

  typed(): void {
    const now = Date.now();
    if (now - this.typingTold < TELL_TYPING_MS) return;
    this.typingTold = now;
    this.tellViewing(true);
  }

  private look(): void {
    this.tellViewing(false);
    this.viewing = window.setInterval(() => {
      if (document.visibilityState === "visible") this.tellViewing(false);
    }, VIEWING_MS);
  }

  private tellViewing(typing: boolean): void {
    void this.api.post(`${this.path}/viewing`, { typing }).catch(() => undefined);
  }

  private async deliver(item: Outgoing): Promise<void> {
    for (let wait = 500; ; wait = Math.min(wait * 2, 8_000)) {
      try {
        const body = { id: item.id, text: item.text, ...(item.suggestion ? { suggestion: item.suggestion } : {}), ...(item.files ? { attachments: item.files.map((file) => file.id) } : {}) };
        const answer = await this.api.post<{ entry: Entry; thread: Thread }>(`${this.path}/say`, body);
        this.change({ outbox: this.state.outbox.filter((each) => each.id !== item.id) });
        this.take(answer.entry);
        this.hearThread(answer.thread);
        return;
      } catch (error) {
        if (!(error instanceof Unreachable)) {
          this.change({ outbox: this.state.outbox.map((each) => (each.id === item.id ? { ...each, failed: said(error) } : each)) });
          void this.load();
          return;
        }
      }
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
  }

  private take(entry: Entry): void {
    const { detail } = this.state;
    if (!detail) return;
    const last = detail.entries.at(-1)?.seq ?? 0;
    if (entry.from === "shopper") {
      this.change({ typing: false });
      if (document.visibilityState === "visible") this.tellViewing(false); // they see that it was read
    }
    this.keep({ entries: merged(detail.entries, [entry]) });
    this.settle([entry]);
    if (entry.from === "system" || entry.seq < last) void this.load();
    this.sidebarSoon();
  }

  private hearThread(thread: Thread): void {
    const { detail } = this.state;
    if (!detail || thread.seq < detail.thread.seq) return;
    const moved = thread.state !== detail.thread.state || thread.owner?.id !== detail.thread.owner?.id;
    if (!moved) return this.keep({ thread });
    if (document.visibilityState === "visible") this.tellViewing(false); // whoever has it now has read it
    return void this.load(); // with what may be done with it now: both change in one moment
  }

  private shopperTypes(): void {
    this.change({ typing: true });
    clearTimeout(this.typingEnds);
    this.typingEnds = window.setTimeout(() => this.change({ typing: false }), TYPING_MS);
  }

  /** What the server tells is no longer on its way. */
  private settle(entries: Entry[]): void {
    const told = new Set(entries.map((entry) => entry.id));
    const left = this.state.outbox.filter((item) => !told.has(item.id));
    if (left.length < this.state.outbox.length) this.change({ outbox: left });
  }

  private sidebarSoon(): void {
    if (this.sidebarTimer || this.closed) return;
    this.sidebarTimer = window.setTimeout(() => {
      this.sidebarTimer = 0;
      void this.loadSidebar();
    }, SIDEBAR_MS);
  }

  private keep(part: Partial<Conversation>): void {
    if (this.state.detail) this.change({ detail: { ...this.state.detail, ...part } });
  }
}

/** In the order of the log, each once. */
export function merged(known: Entry[], more: Entry[]): Entry[] {
  const all = new Map(known.map((entry) => [key(entry), entry]));
  more.forEach((entry) => all.set(key(entry), entry));
  return [...all.values()].sort((a, b) => a.seq - b.seq || order(a) - order(b));
}

const key = (entry: Entry) => `${entry.seq}:${entry.from}:${entry.event ?? ""}`;
const order = (entry: Entry) => (entry.from === "shopper" ? 0 : 1);

function withNote(notes: Note[], note: Note): Note[] {
  return notes.some((each) => each.id === note.id) ? notes : [...notes, note];
}
