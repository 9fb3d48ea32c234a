/** One conversation as a member of staff has it before them: what was said, notes, who else looks, what is on its way. */
import { inOrder } from "../shared/inorder";
import { Questions } from "../shared/questions";
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
  /** The line broke over a message, which is tried again. */
  stuck: boolean;
  typing: boolean;
  problem: string;
  missing: boolean;
}

const VIEWING_MS = 20_000;
const TYPING_MS = 6_000;
const TELL_TYPING_MS = 3_000;
const SIDEBAR_MS = 1_200;
const SOON_MS = 500;

export class Talk extends Store<TalkState> {
  readonly translating: Translating;
  private readonly sending = inOrder();
  private readonly acting = inOrder();
  /** The line is back: what waits to be sent again is sent at once. */
  hurry: () => void = () => undefined;
  private lastAct: { name: string; done: Promise<Thread> } | null = null;
  private readonly wholes = new Questions();
  private readonly sidebars = new Questions();
  /** For every answer on its way: what was heard since it was asked for, which may be newer than it. */
  private readonly since = new Set<Heard[]>();
  private typingEnds = 0;
  private typingTold = 0;
  private sidebarTimer = 0;
  private loadTimer = 0;
  private viewing = 0;
  private closed = false;

  constructor(
    private readonly api: StaffApi,
    readonly id: string,
    /** Told when a message of a conversation one has left was sent or refused. */
    private readonly onSettled: (talk: Talk) => void = () => undefined,
  ) {
    super({ detail: null, sidebar: null, sidebarFailed: false, outbox: [], stuck: false, typing: false, problem: "", missing: false });
    this.translating = new Translating(api, this.path);
    this.enter();
  }

  /** Somebody looks at it, for the first time or again. */
  enter(): void {
    this.closed = false;
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
    clearTimeout(this.loadTimer);
    this.sidebarTimer = this.loadTimer = 0;
  }

  /** Reads it anew. Answers may overtake each other: the one asked for last stands, with what was heard since. */
  async load(): Promise<void> {
    const counts = this.wholes.ask();
    const since: Heard[] = [];
    this.since.add(since);
    try {
      const detail = await this.api.get<Conversation>(this.path);
      if (!counts()) return;
      const entries = merged(this.state.detail?.entries ?? [], detail.entries);
      this.change({ detail: { ...detail, entries }, problem: "", missing: false });
      this.settle(entries);
      since.forEach((heard) => this.learn(heard));
    } catch (error) {
      if (!counts()) return;
      const missing = error instanceof Refused && error.status === 404;
      this.change({ missing, problem: missing ? "" : said(error) });
    } finally {
      this.since.delete(since);
    }
  }

  async loadSidebar(): Promise<void> {
    const counts = this.sidebars.ask();
    const sidebar = await this.api.get<Sidebar>(`${this.path}/sidebar`).catch(() => null);
    if (counts()) this.change(sidebar ? { sidebar, sidebarFailed: false } : { sidebarFailed: true });
  }

  hear(heard: Heard): void {
    if (heard.event === "reset" || heard.event === "hello") {
      void this.load();
      void this.loadSidebar();
      return;
    }
    const about = heard.data as About;
    if ((about.conversation ?? about.thread?.id) !== this.id) return;
    this.since.forEach((list) => list.push(heard));
    const before = this.state.detail?.entries;
    this.learn(heard);
    if (heard.event === "typing") this.shopperTypes();
    if (heard.event === "entry" && about.entry && before) this.follow(about.entry, before);
  }

  /** What was heard changes of what stands here. */
  private learn({ event, data }: Heard): void {
    const { detail } = this.state;
    const about = data as About;
    if (!detail) return;
    if (event === "entry" && about.entry) {
      this.keep({ entries: merged(detail.entries, [about.entry]) });
      this.settle([about.entry]);
    } else if (event === "note" && about.note) this.keep({ notes: withNote(detail.notes, about.note) });
    else if (event === "viewing" && about.viewers) this.keep({ viewers: about.viewers });
    else if (event === "marks") this.keep({ delivered: Math.max(about.delivered ?? 0, detail.delivered), read: Math.max(about.read ?? 0, detail.read) });
    else if ((event === "thread" || event === "assigned") && about.thread) this.hearThread(about.thread);
  }

  /** Sends, and keeps trying under the same id as long as only the line is at fault. */
  async say(text: string, suggestion?: string, files: SentFile[] = []): Promise<void> {
    const item: Outgoing = { id: crypto.randomUUID(), text, at: new Date().toISOString(), ...(suggestion ? { suggestion } : {}), ...(files.length ? { files } : {}) };
    this.change({ outbox: [...this.state.outbox, item] });
    this.typingTold = 0;
    await this.sending(() => this.deliver(item)); // the shopper reads them as they were written
  }

  async again(id: string): Promise<void> {
    const item = this.state.outbox.find((each) => each.id === id);
    if (!item) return;
    const { failed: _, ...fresh } = item;
    this.change({ outbox: this.state.outbox.map((each) => (each.id === id ? fresh : each)) });
    await this.sending(() => this.deliver(fresh));
  }

  withdraw(id: string): string {
    const item = this.state.outbox.find((each) => each.id === id);
    this.change({ outbox: this.state.outbox.filter((each) => each.id !== id) });
    return item?.text ?? "";
  }

  /** Nobody is signed in any more: gives back the words that were still on their way, and sends them no more. */
  takeBack(): string[] {
    const { outbox } = this.state;
    this.change({ outbox: [], stuck: false });
    return outbox.map((item) => item.text).filter(Boolean);
  }

  /** An act upon the conversation that answers with how it stands then. */
  act(verb: string, body: unknown = {}, method: "post" | "put" = "post"): Promise<Thread> {
    const name = JSON.stringify([verb, body]);
    if (this.lastAct?.name === name) return this.lastAct.done; // pressed twice
    const done = this.acting(() => this.carryOut(verb, body, method)).finally(() => {
      if (this.lastAct?.done === done) this.lastAct = null;
    });
    this.lastAct = { name, done };
    return done;
  }

  async addNote(text: string, mentions: string[]): Promise<void> {
    const { note } = await this.api.post<{ note: Note }>(`${this.path}/notes`, { text, mentions });
    this.hear({ event: "note", data: { conversation: this.id, note } });
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
    for (let wait = 500; this.state.outbox.some((each) => each.id === item.id); wait = Math.min(wait * 2, 8_000)) {
      try {
        const body = { id: item.id, text: item.text, ...(item.suggestion ? { suggestion: item.suggestion } : {}), ...(item.files ? { attachments: item.files.map((file) => file.id) } : {}) };
        const answer = await this.api.post<{ entry: Entry; thread: Thread }>(`${this.path}/say`, body);
        this.change({ outbox: this.state.outbox.filter((each) => each.id !== item.id), stuck: false });
        this.hear({ event: "entry", data: { conversation: this.id, entry: answer.entry } });
        this.hear({ event: "thread", data: { thread: answer.thread } });
        if (this.closed) this.onSettled(this);
        return;
      } catch (error) {
        if (!(error instanceof Unreachable)) {
          this.change({ outbox: this.state.outbox.map((each) => (each.id === item.id ? { ...each, failed: said(error) } : each)), stuck: false });
          if (this.closed) this.onSettled(this);
          void this.load();
          return;
        }
      }
      this.change({ stuck: true });
      await new Promise<void>((resolve) => {
        this.hurry = resolve;
        setTimeout(resolve, wait);
      });
    }
  }

  /** Until what was written before is with the shopper, or nobody knows when it will be. */
  private async delivered(): Promise<void> {
    const onItsWay = () => !this.state.stuck && this.state.outbox.some((item) => item.failed === undefined);
    if (!onItsWay()) return;
    await new Promise<void>((resolve) => {
      const stop = this.subscribe(() => {
        if (onItsWay()) return;
        stop();
        resolve();
      });
    });
  }

  /** What an entry brings with it. */
  private follow(entry: Entry, before: Entry[]): void {
    if (entry.from === "shopper") {
      this.change({ typing: false });
      if (document.visibilityState === "visible") this.tellViewing(false); // they see that it was read
    }
    const late = entry.seq < (before.at(-1)?.seq ?? 0) && !before.some((each) => key(each) === key(entry));
    if (entry.from === "system" || late) void this.load();
    this.sidebarSoon();
  }

  private hearThread(thread: Thread): void {
    const { detail } = this.state;
    if (!detail || thread.seq < detail.thread.seq) return;
    const moved = thread.state !== detail.thread.state || thread.owner?.id !== detail.thread.owner?.id;
    if (!moved) {
      this.keep({ thread });
      // of what only the assistant is in no single entry is told
      if (thread.state === "assistant" && thread.seq > (detail.entries.at(-1)?.seq ?? 0)) this.loadSoon();
      return undefined;
    }
    if (document.visibilityState === "visible") this.tellViewing(false); // whoever has it now has read it
    return void this.load(); // with what may be done with it now: both change in one moment
  }

  private async carryOut(verb: string, body: unknown, method: "post" | "put"): Promise<Thread> {
    await this.delivered();
    const { thread } = await this.api[method]<{ thread: Thread }>(`${this.path}/${verb}`, body);
    this.hear({ event: "thread", data: { thread } });
    return thread;
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

  private loadSoon(): void {
    if (this.loadTimer || this.closed) return;
    this.loadTimer = window.setTimeout(() => {
      this.loadTimer = 0;
      void this.load();
    }, SOON_MS);
  }

  private keep(part: Partial<Conversation>): void {
    if (this.state.detail) this.change({ detail: { ...this.state.detail, ...part } });
  }
}

/** What an event of the desk may be about. */
interface About {
  conversation?: string;
  thread?: Thread;
  entry?: Entry;
  note?: Note;
  viewers?: Viewer[];
  delivered?: number;
  read?: number;
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
