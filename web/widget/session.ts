/** What this browser remembers for a shop: the conversation, what was pressed in it, and messages not yet answered. */
import type { Language } from "../shared/preferences";
import type { Pressed } from "../shared/views/context";
import type { Conversation, MessageBody } from "./api";

/** A message on its way. It stays kept until its answer is here, so that neither reload nor outage loses it. */
export interface Pending {
  body: MessageBody;
  label: string;
  at: string;
  failed?: string;
  /** It failed for no fault of its own and may be sent as it is. */
  again?: boolean;
}

export class Session {
  private readonly prefix: string;
  private readonly memory = new Map<string, string>();

  constructor(server: string) {
    this.prefix = `dangol:${server}:`;
  }

  conversation(): Conversation | null {
    return this.get<Conversation>("conversation");
  }

  keepConversation(value: Conversation): void {
    this.set("conversation", value);
  }

  forgetConversation(): void {
    this.remove("conversation");
    this.remove("pressed");
  }

  language(): Language | null {
    return this.get<Language>("language");
  }

  keepLanguage(value: Language): void {
    this.set("language", value);
  }

  pressed(): Pressed {
    return { choices: {}, feedback: {}, forms: [], ...this.get<Partial<Pressed>>("pressed") };
  }

  keepPressed(value: Pressed): void {
    this.set("pressed", value);
  }

  /** What was chosen of voice on this browser. */
  readVoice(key: string): string | null {
    return this.get<string>(key);
  }

  keepVoice(key: string, value: string): void {
    this.set(key, value);
  }

  /** One key a message, so that two tabs writing at once cannot lose each other's. */
  outbox(): Pending[] {
    const start = `${this.prefix}outbox:`;
    const keys = this.storage ? Object.keys(this.storage) : [...this.memory.keys()];
    return keys
      .filter((key) => key.startsWith(start))
      .map((key) => this.get<Pending>(key.slice(this.prefix.length)))
      .filter((item) => item !== null)
      .sort((a, b) => a.at.localeCompare(b.at));
  }

  keepPending(item: Pending): void {
    this.set(`outbox:${item.body.id}`, item);
  }

  isPending(id: string): boolean {
    return this.get(`outbox:${id}`) !== null;
  }

  forgetPending(id: string): void {
    this.remove(`outbox:${id}`);
  }

  /** Told when another tab changed what is kept here. */
  onOtherTab(changed: (key: string) => void): void {
    window.addEventListener("storage", (event) => {
      if (event.key?.startsWith(this.prefix)) changed(event.key.slice(this.prefix.length));
    });
  }

  private get storage(): Storage | null {
    try {
      return window.localStorage;
    } catch {
      return null;
    }
  }

  private get<T>(key: string): T | null {
    const full = this.prefix + key;
    const text = this.memory.get(full) ?? this.storage?.getItem(full) ?? null;
    try {
      return text === null ? null : (JSON.parse(text) as T);
    } catch {
      return null;
    }
  }

  private set(key: string, value: unknown): void {
    const full = this.prefix + key;
    const text = JSON.stringify(value);
    try {
      if (!this.storage) throw new Error("no storage");
      this.storage.setItem(full, text);
      this.memory.delete(full);
    } catch {
      this.memory.set(full, text); // storage full or forbidden: this page still works
    }
  }

  private remove(key: string): void {
    this.memory.delete(this.prefix + key);
    try {
      this.storage?.removeItem(this.prefix + key);
    } catch {
      /* nothing was kept */
    }
  }
}

/** Runs work in one tab at a time, where the browser can tell tabs apart. */
export async function aloneAmongTabs<T>(name: string, work: () => Promise<T>): Promise<T> {
  return navigator.locks ? ((await navigator.locks.request(name, work)) as T) : work();
}

/** An id for one message or one act; also where the page is not served over HTTPS. */
export function freshId(): string {
  if (typeof crypto.randomUUID === "function") return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
