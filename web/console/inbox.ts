/** The list of conversations in one view, in the server's order, kept current as things happen. */
import type { StaffApi } from "./api";
import { query } from "./api";
import { Store } from "./store";
import type { Counts, InboxPage, Thread, View } from "./types";

export interface Filters {
  view: View;
  q: string;
  label: string;
  priority: string;
  channel: string;
  language: string;
  team: string;
  owner: string;
}

export interface InboxState {
  filters: Filters;
  items: Thread[] | null;
  counts: Counts | null;
  next: string | null;
  loading: boolean;
  problem: string;
}

export const NO_FILTERS: Omit<Filters, "view"> = { q: "", label: "", priority: "", channel: "", language: "", team: "", owner: "" };
const PAGE = 50;
const MOST = 200;
const SETTLE_MS = 700;

export class Inbox extends Store<InboxState> {
  private asked = 0;
  private timer = 0;
  private readonly memory = new Map<string, Pick<InboxState, "items" | "next">>();

  constructor(private readonly api: StaffApi) {
    super({ filters: { view: "mine", ...NO_FILTERS }, items: null, counts: null, next: null, loading: false, problem: "" });
  }

  show(filters: Filters): void {
    const known = this.memory.get(JSON.stringify(filters));
    this.change({ filters, items: known?.items ?? null, next: known?.next ?? null, problem: "" });
    void this.load(PAGE);
  }

  /** Reads the list anew, as far as it was read. */
  reload(): void {
    void this.load(Math.min(MOST, Math.max(PAGE, this.state.items?.length ?? 0)));
  }

  async more(): Promise<void> {
    const { next, loading, filters } = this.state;
    if (!next || loading) return;
    this.change({ loading: true });
    try {
      const page = await this.api.get<InboxPage>(`/inbox${query({ ...filters, limit: PAGE, cursor: next })}`);
      if (this.state.filters !== filters) return;
      const known = new Set(this.state.items?.map((thread) => thread.id));
      this.keep([...(this.state.items ?? []), ...page.items.filter((thread) => !known.has(thread.id))], page);
    } catch (error) {
      if (this.state.filters === filters) this.change({ problem: said(error) });
    } finally {
      if (this.state.filters === filters) this.change({ loading: false });
    }
  }

  /** Nobody is here any more: nothing of what was read stays, and what is on its way comes to nothing. */
  leave(): void {
    this.asked += 1;
    clearTimeout(this.timer);
    this.timer = 0;
    this.memory.clear();
    this.change({ filters: { ...this.state.filters }, items: null, counts: null, next: null, loading: false });
  }

  /** What is shown of a conversation is changed at once; its place in the list a moment later, by the server. */
  hear(thread: Thread): void {
    const { items } = this.state;
    const at = items?.findIndex((each) => each.id === thread.id) ?? -1;
    if (items && at >= 0 && (items[at]?.seq ?? 0) <= thread.seq) this.change({ items: items.with(at, thread) });
    this.soon();
  }

  soon(): void {
    if (this.timer) return;
    this.timer = window.setTimeout(() => {
      this.timer = 0;
      this.reload();
    }, SETTLE_MS);
  }

  private async load(limit: number): Promise<void> {
    const { filters } = this.state;
    const mine = ++this.asked;
    this.change({ loading: true });
    try {
      const page = await this.api.get<InboxPage>(`/inbox${query({ ...filters, limit })}`);
      if (mine !== this.asked) return;
      const here = new Map(this.state.items?.map((thread) => [thread.id, thread]));
      const items = page.items.map((thread) => newer(thread, here.get(thread.id))); // what was heard meanwhile stands
      const tail = (this.state.items ?? []).slice(limit);
      const read = new Set(page.items.map((thread) => thread.id));
      const beyond = tail.length && page.next ? tail.filter((thread) => !read.has(thread.id)) : [];
      this.keep([...items, ...beyond], beyond.length ? { ...page, next: this.state.next } : page);
      this.change({ problem: "" });
    } catch (error) {
      if (mine === this.asked) this.change({ problem: said(error) });
    } finally {
      if (mine === this.asked) this.change({ loading: false });
    }
  }

  private keep(items: Thread[], page: InboxPage): void {
    this.memory.set(JSON.stringify(this.state.filters), { items, next: page.next });
    this.change({ items, next: page.next, counts: page.counts });
  }
}

function newer(read: Thread, heard: Thread | undefined): Thread {
  return heard && heard.seq > read.seq ? heard : read;
}

export function said(error: unknown): string {
  return error instanceof Error && error.message ? error.message : "unreachable";
}
