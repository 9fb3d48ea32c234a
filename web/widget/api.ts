/** The chat API as a browser calls it; what went wrong is named by what the shopper's message can expect next. */
import type { Block, Cart, FieldError, ServedBy, TranscriptEntry } from "../shared/blocks";
import { Refused } from "../shared/refused";
import { serverEvents } from "../shared/stream";
import type { ServerEvent } from "../shared/stream";

export interface Conversation {
  id: string;
  token: string;
}

export interface MessageBody {
  id: string;
  text?: string;
  choice?: string;
  form?: { form: string; values: Record<string, unknown> };
  attachments?: string[];
  page?: { product: string };
  spoken?: boolean;
}

/** Who turns speech into words and answers into sound in this shop. */
export interface VoiceOffered {
  hearing: "browser" | "server" | "off";
  hearing_by: Record<string, string>;
  hearing_outside: boolean;
  speaking: "browser" | "server" | "off";
  longest_seconds: number;
}

export interface Answer {
  turn: number;
  language?: string;
  served_by?: ServedBy;
  /** The later message that was one thought with this one; the words come with its answer. */
  answered_with?: string | null;
}

/** What was said so far, as the server has it. */
export interface Told {
  messages: TranscriptEntry[];
  served_by?: ServedBy;
  read?: number;
}

/** Nobody answered, or not now: the same message may be sent again. */
export class Unreachable extends Error {
  constructor(
    readonly retryAfter: number | null = null,
    /** What the server said of itself when it broke on this very message (HTTP 500). */
    readonly broken: string | null = null,
  ) {
    super("the shop cannot be reached");
  }
}

/** The conversation is not known any more, or its token is not. */
export class ConversationGone extends Error {}

const SILENCE_MS = 45_000;

export class ChatApi {
  /** The language in which refusals are worded. */
  language = "";

  constructor(readonly server: string) {}

  async start(body: Record<string, unknown>): Promise<Conversation & { language?: string; blocks: Block[] }> {
    const response = await this.call("/api/chat/conversations", { method: "POST", body: JSON.stringify(body) });
    const made = (await json(response)) as { conversation_id: string; token: string; language?: string; blocks: Block[] };
    return { id: made.conversation_id, token: made.token, language: made.language ?? "", blocks: made.blocks };
  }

  /** Sends one message; blocks arrive as they are made. Throws Unreachable when the answer breaks off. */
  async send(to: Conversation, body: MessageBody, onBlock: (block: Block) => void): Promise<Answer> {
    const silence = new AbortController();
    let timer = setTimeout(() => silence.abort(), SILENCE_MS);
    try {
      const response = await this.call(this.path(to, "messages"), {
        method: "POST",
        body: JSON.stringify(body),
        headers: { Accept: "text/event-stream" },
        token: to.token,
        signal: silence.signal,
      });
      if (!isStream(response)) {
        const whole = (await json(response)) as Answer & { blocks?: Block[] };
        whole.blocks?.forEach(onBlock);
        return whole;
      }
      for await (const { event, data } of eventsOf(response)) {
        clearTimeout(timer);
        timer = setTimeout(() => silence.abort(), SILENCE_MS);
        if (event === "block") onBlock(data as Block);
        if (event === "done") return data as Answer;
        if (event === "error") throw problemFrom(data as Problem, 500, null);
      }
      throw new Unreachable();
    } finally {
      clearTimeout(timer);
    }
  }

  async messages(of: Conversation): Promise<Told> {
    return (await json(await this.call(this.path(of, "messages"), { token: of.token }))) as Told;
  }

  async cart(of: Conversation): Promise<Cart> {
    return (await json(await this.call(this.path(of, "cart"), { token: of.token }))) as Cart;
  }

  async setQuantity(of: Conversation, sku: string, quantity: number, key: string): Promise<Cart> {
    const path = this.path(of, `cart/lines/${encodeURIComponent(sku)}`);
    return this.keyed(of, path, "PUT", { quantity }, key);
  }

  async useCoupon(of: Conversation, code: string, key: string): Promise<Cart> {
    return this.keyed(of, this.path(of, "cart/coupon"), "POST", { code }, key);
  }

  async feedback(of: Conversation, turn: number, score: number): Promise<void> {
    await this.call(this.path(of, "feedback"), { method: "POST", body: JSON.stringify({ turn, score }), token: of.token });
  }

  async rate(of: Conversation, score: number, comment: string): Promise<void> {
    const body = JSON.stringify(comment ? { score, comment } : { score });
    await this.call(this.path(of, "rating"), { method: "POST", body, token: of.token });
  }

  async attach(to: Conversation, file: File): Promise<string> {
    const form = new FormData();
    form.append("file", file, file.name);
    const made = (await json(await this.call(this.path(to, "attachments"), { method: "POST", body: form, token: to.token }))) as {
      id: string;
    };
    return made.id;
  }

  async voice(): Promise<VoiceOffered> {
    return (await json(await this.call("/api/chat/voice"))) as VoiceOffered;
  }

  /** The words of a recording, which the shop does not keep. */
  async hear(of: Conversation, recording: Blob): Promise<{ text: string; sure: boolean }> {
    const form = new FormData();
    form.append("file", recording, "speech");
    const body = { method: "POST", body: form, token: of.token };
    return (await json(await this.call(this.path(of, "speech"), body))) as { text: string; sure: boolean };
  }

  /** An answer as it is read aloud. */
  async spoken(of: Conversation, turn: number): Promise<{ text: string; language: string }> {
    const response = await this.call(this.path(of, `messages/${turn}/spoken`), { token: of.token });
    return (await json(response)) as { text: string; language: string };
  }

  /** An answer as sound; null when there is nothing in it to hear. */
  async sound(of: Conversation, turn: number): Promise<ArrayBuffer | null> {
    const response = await this.call(this.path(of, `messages/${turn}/speech`), { token: of.token });
    return response.status === 204 ? null : response.arrayBuffer();
  }

  /** A file of the conversation, sent by either side. */
  async file(of: Conversation, id: string): Promise<Blob> {
    return (await this.call(this.path(of, `attachments/${encodeURIComponent(id)}`), { token: of.token })).blob();
  }

  /** Tells staff how far the shopper has read, and that they type. */
  async view(of: Conversation, seen: { read?: number; typing?: boolean }): Promise<void> {
    await this.call(this.path(of, "viewing"), { method: "POST", body: JSON.stringify(seen), token: of.token });
  }

  /** What happens from a place on, or from now. */
  async *events(of: Conversation, after: string | null, signal: AbortSignal): AsyncGenerator<ServerEvent> {
    const headers = { Accept: "text/event-stream", ...(after === null ? {} : { "Last-Event-ID": after }) };
    const response = await this.call(this.path(of, "events"), { headers, token: of.token, signal });
    yield* eventsOf(response);
  }

  private path(of: Conversation, rest: string): string {
    return `/api/chat/conversations/${encodeURIComponent(of.id)}/${rest}`;
  }

  private async keyed(of: Conversation, path: string, method: string, body: unknown, key: string): Promise<Cart> {
    const response = await this.call(path, { method, body: JSON.stringify(body), token: of.token, headers: { "Idempotency-Key": key } });
    return (await json(response)) as Cart;
  }

  private async call(path: string, init: Call = {}): Promise<Response> {
    const { token, ...rest } = init;
    const headers: Record<string, string> = { Accept: "application/json", ...init.headers };
    if (typeof init.body === "string") headers["Content-Type"] = "application/json";
    if (this.language) headers["Accept-Language"] = this.language;
    if (token) headers["Authorization"] = `Bearer ${token}`;
    let response: Response;
    try {
      response = await fetch(this.server + path, { ...rest, headers, credentials: "omit", cache: "no-store" });
    } catch {
      throw new Unreachable();
    }
    if (response.ok) return response;
    const problem = (await response.json().catch(() => ({}))) as Problem;
    throw problemFrom(problem, response.status, response.headers.get("Retry-After"));
  }
}

interface Call extends Omit<RequestInit, "headers"> {
  token?: string;
  headers?: Record<string, string>;
}

interface Problem {
  title?: string;
  detail?: string;
  status?: number;
  errors?: FieldError[];
}

function problemFrom(problem: Problem, status: number, retryAfter: string | null): Error {
  const seconds = Number(retryAfter);
  if (status === 401 || status === 404) return new ConversationGone(problem.detail);
  if (status === 408 || status === 409 || status === 425 || status === 429 || status >= 500) {
    return new Unreachable(retryAfter && seconds >= 0 ? seconds : null, status === 500 ? (problem.detail ?? "") : null);
  }
  return new Refused(status, problem.detail ?? problem.title ?? `HTTP ${status}`, problem.errors ?? []);
}

function isStream(response: Response): boolean {
  return (response.headers.get("Content-Type") ?? "").startsWith("text/event-stream");
}

async function* eventsOf(response: Response): AsyncGenerator<ServerEvent> {
  if (!response.body) throw new Unreachable();
  try {
    yield* serverEvents(response.body);
  } catch {
    throw new Unreachable();
  }
}

async function json(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch {
    throw new Unreachable(); // the answer broke off on its way
  }
}
