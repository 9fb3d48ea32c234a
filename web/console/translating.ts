/** Reading a conversation in one's own language: what was said is translated as it comes, where the shop has a model for it. */
import type { Language } from "../shared/preferences";
import { Refused } from "../shared/refused";
import type { StaffApi } from "./api";
import { Store } from "./store";
import type { Entry } from "./types";

/** A text and the model that wrote it; without one, the version that needs none, and why it stands. */
export interface Written {
  text: string;
  by: string;
  why: string;
}

export interface TranslatingState {
  /** The language everything is read in; null: as it was written. */
  into: Language | null;
  texts: ReadonlyMap<string, string>;
  busy: boolean;
  /** Why a text stays as it was written: a code of the server, or "unreachable". */
  why: string;
}

const AT_ONCE = 10;

export class Translating extends Store<TranslatingState> {
  constructor(
    private readonly api: StaffApi,
    private readonly path: string,
  ) {
    super({ into: null, texts: new Map(), busy: false, why: "" });
  }

  /** Read in this language from now on, or (null) as it was written. */
  switch(into: Language | null, entries: Entry[]): void {
    this.change({ into, texts: into === this.state.into ? this.state.texts : new Map(), why: "" });
    void this.follow(entries);
  }

  /** Translates what is not translated yet, the newest first; stops at the first that stays as it was. */
  async follow(entries: Entry[]): Promise<void> {
    const { into } = this.state;
    if (!into || this.state.busy || this.state.why) return;
    const open = [...new Set(entries.flatMap(wordsOf).reverse())].filter((text) => !this.state.texts.has(text)).slice(0, AT_ONCE);
    if (!open.length) return;
    this.change({ busy: true });
    try {
      const { items } = await this.api.post<{ items: Written[] }>(`${this.path}/translations`, { texts: open, language: into });
      if (this.state.into === into) {
        const texts = new Map(this.state.texts);
        open.forEach((text, index) => items[index]?.by && texts.set(text, items[index].text));
        this.change({ texts, why: items.find((item) => !item.by)?.why ?? "" });
      }
    } catch (error) {
      if (this.state.into === into) this.change({ why: error instanceof Refused ? error.code : "unreachable" });
    } finally {
      this.change({ busy: false });
    }
    await this.follow(entries);
  }
}

/** What people said in an entry: theirs is translated, the assistant speaks the shopper's language from its tables. */
export function wordsOf(entry: Entry): string[] {
  return (entry.from === "shopper" || entry.from === "staff") && entry.text?.trim() ? [entry.text] : [];
}
