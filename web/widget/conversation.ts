/** The conversation as this page sees it: the server's transcript, plus what is still on its way. */
import type { Block, Cart, TranscriptEntry } from "../shared/blocks";
import { asLanguage } from "../shared/preferences";
import type { Language } from "../shared/preferences";
import { Refused } from "../shared/refused";
import { inOrder } from "../shared/inorder";
import { ChatApi, ConversationGone, Unreachable } from "./api";
import type { Answer, Conversation as Credentials, MessageBody, Told } from "./api";
import { Basket } from "./basket";
import { Session, aloneAmongTabs, freshId } from "./session";
import type { Pressed } from "../shared/views/context";
import type { Pending } from "./session";
import { blank, isShown } from "./state";
import type { State, Surroundings, Wish } from "./state";
import { backOnlineOr, oneAtATime, pause } from "./waits";

const FIRST_WAIT_MS = 800;
const LONGEST_WAIT_MS = 15_000;
const TRIES_WHEN_BROKEN = 5;
const TELL_TYPING_MS = 3_000;
const IN_ORDER_MS = 250; // between two messages on their way, so that they arrive as they were typed

export class Conversation {
  state: State;
  private readonly listeners = new Set<() => void>();
  private flushing = false;
  private refreshAfter = false;
  private readonly underway = new Set<string>();
  private nudge: () => void = () => undefined;
  private heard: TranscriptEntry[] = [];
  private toldRead = 0;
  private toldTyping = 0;
  private changes = 0; // of the transcript, made by this page itself
  private readonly thumbs = inOrder();
  readonly basket: Basket;
  /** Told of every answer that has come whole to a message of this page while the chat is open. */
  onAnswer: (turn: number) => void = () => undefined;

  constructor(
    private readonly api: ChatApi,
    private readonly session: Session,
    private readonly around: Surroundings,
  ) {
    const language = session.language() ?? around.language();
    api.language = language;
    const started = session.conversation() !== null;
    this.state = { ...blank(language), pressed: session.pressed(), outbox: session.outbox(), started };
    this.basket = new Basket(api, this);
    session.onOtherTab((key) => this.followOtherTab(key));
  }

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  get credentials(): Credentials | null {
    return this.session.conversation();
  }

  /** Opens the conversation, or takes up the one this browser already has, and sends what is still waiting. */
  async begin(): Promise<void> {
    if (this.state.starting) return;
    this.change({ starting: true });
    try {
      await this.persistently(async () => {
        if (this.credentials) await this.fetchTranscript();
        else await this.ensure();
      });
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.change({ transcript: [{ turn: 0, from: "assistant", text: error.message }] });
      return;
    } finally {
      this.change({ starting: false });
    }
    void this.flush();
  }

  send(wish: Wish): void {
    const { label, ...said } = wish;
    const product = this.around.product();
    const body: MessageBody = { id: freshId(), ...said, ...(product ? { page: { product } } : {}) };
    const item: Pending = { body, label: label ?? wish.text ?? "", at: new Date().toISOString() };
    this.session.keepPending(item);
    this.change({ outbox: [...this.state.outbox, item] });
    void this.flush();
  }

  /** Takes a refused message back, so that its words can be mended. */
  withdraw(id: string): Pending | null {
    const item = this.state.outbox.find((each) => each.body.id === id) ?? null;
    this.session.forgetPending(id);
    this.change({ outbox: this.state.outbox.filter((each) => each.body.id !== id) });
    return item;
  }

  /** Sends a message on which the server broke once more, as it is. */
  resend(id: string): void {
    const item = this.withdraw(id);
    if (!item) return;
    const fresh: Pending = { body: item.body, label: item.label, at: item.at };
    this.session.keepPending(fresh);
    this.change({ outbox: [...this.state.outbox, fresh] });
    void this.flush();
  }

  press(blockId: string, choice: { id: string; label: string }): void {
    this.remember({ choices: { ...this.state.pressed.choices, [blockId]: choice.id } });
    this.send({ choice: choice.id, label: choice.label });
  }

  submit(blockId: string, form: string, values: Record<string, unknown>, label: string): void {
    this.remember({ forms: [...this.state.pressed.forms, blockId] });
    this.send({ form: { form, values }, label });
  }

  async giveFeedback(turn: number, score: number): Promise<void> {
    this.remember({ feedback: { ...this.state.pressed.feedback, [turn]: score } }); // 0 takes it back
    const credentials = this.credentials;
    if (credentials) await this.thumbs(() => this.persistently(() => this.api.feedback(credentials, turn, score)));
  }

  async rate(score: number, comment: string): Promise<void> {
    await this.persistently(async () => this.api.rate(await this.ensure(), score, comment));
  }

  async attach(file: File): Promise<string> {
    return this.api.attach(await this.ensure(), file);
  }

  async hearRecording(recording: Blob): Promise<{ text: string; sure: boolean }> {
    return this.api.hear(await this.ensure(), recording);
  }

  setQuantity(sku: string, quantity: number): Promise<Cart> {
    return this.basket.setQuantity(sku, quantity);
  }

  speak(language: Language): void {
    this.session.keepLanguage(language);
    this.api.language = language;
    this.change({ language });
  }

  /** Everything said so far stands before the shopper; staff who answer are told. */
  markRead(): void {
    if (this.state.unread) this.change({ unread: 0 });
    const last = this.state.transcript.findLast((entry) => entry.from === "staff")?.seq ?? 0;
    if (last <= this.toldRead || document.visibilityState === "hidden") return;
    const before = this.toldRead;
    this.toldRead = last;
    this.view({ read: last }).catch(() => (this.toldRead = before)); // told with the next look at the transcript
  }

  /** The shopper types: of use to a person who answers, and to nobody else. */
  typed(): void {
    const now = Date.now();
    if (this.state.servedBy === "assistant" || now - this.toldTyping < TELL_TYPING_MS) return;
    this.toldTyping = now;
    this.view({ typing: true }).catch(() => undefined);
  }

  private async view(seen: { read?: number; typing?: boolean }): Promise<void> {
    if (this.credentials) await this.api.view(this.credentials, seen);
  }

  async file(id: string): Promise<Blob> {
    return this.api.file(await this.ensure(), id);
  }

  change(part: Partial<State>): void {
    this.state = { ...this.state, ...part };
    this.listeners.forEach((listener) => listener());
  }

  /** Takes in what the shop announced; what this page already shows is not fetched again. */
  hear(entry: TranscriptEntry): void {
    this.heard.push(entry);
    if (!this.flushing && this.takeNews()) void this.refresh();
  }

  /** Was anything heard that this page does not show yet? Behind a closed chat it waits to be read. */
  private takeNews(): boolean {
    const news = this.heard.filter((entry) => !isShown(entry, this.state.transcript));
    this.heard = [];
    this.countUnread(news.filter((entry) => entry.from !== "shopper").length);
    return news.length > 0;
  }

  private countUnread(more: number): void {
    if (more && !this.around.isOpen()) this.change({ unread: this.state.unread + more });
  }

  /** Brings the transcript up to what the server has; waits while an answer is arriving. */
  async refresh(): Promise<void> {
    if (!this.credentials) return;
    if (this.flushing) {
      this.refreshAfter = true;
      return;
    }
    try {
      await this.fetchTranscript();
    } catch (error) {
      if (error instanceof ConversationGone) this.forget();
      else if (!(error instanceof Unreachable)) throw error;
    }
  }

  private readonly fetchTranscript = oneAtATime(async () => {
    for (let newest = false; !newest; ) {
      const credentials = this.credentials;
      if (!credentials) return;
      const { changes } = this;
      const told = await this.api.messages(credentials);
      // else it was read before the answer that stands here since, or before another tab began anew
      newest = changes === this.changes && credentials.id === this.credentials?.id;
      if (newest) this.takeIn(told);
    }
  });

  private takeIn({ messages, served_by, read }: Told): void {
    const told = new Set(messages.map((entry) => entry.id).filter(Boolean));
    const answered = new Set(messages.filter((entry) => entry.from !== "shopper").map((entry) => entry.turn));
    const turnOf = new Map(messages.map((entry) => [entry.id, entry.turn]));
    // What the server has heard but not answered stays in the outbox: sending it again brings the answer.
    const outbox = this.state.outbox.filter((item) => !told.has(item.body.id) || !answered.has(turnOf.get(item.body.id) ?? -1));
    this.state.outbox.filter((item) => !outbox.includes(item)).forEach((item) => this.session.forgetPending(item.body.id));
    this.change({ transcript: messages, outbox, started: true, servedBy: served_by ?? this.state.servedBy, read: Math.max(this.state.read, read ?? 0) });
    const carts = messages.flatMap((entry) => entry.blocks ?? []).some((block) => block.kind === "cart");
    if (carts && !this.state.cart) void this.basket.load().catch(() => undefined);
    if (this.around.isOpen()) this.markRead();
  }

  async ensure(): Promise<Credentials> {
    return (
      this.credentials ??
      aloneAmongTabs("dangol-start", async () => {
        const other = this.credentials;
        if (other) return other;
        const product = this.around.product();
        const visitor = { channel: "web", locale: this.state.language === "ko" ? "ko-KR" : "en-US", ...(product ? { page: { product } } : {}) };
        const { customerToken } = this.around;
        const made = await this.api.start(customerToken ? { ...visitor, customer_token: customerToken } : visitor).catch((error: unknown) => {
          if (customerToken && error instanceof ConversationGone) return this.api.start(visitor); // their sign-in has run out
          throw error;
        });
        this.session.keepConversation({ id: made.id, token: made.token });
        const greeting: TranscriptEntry = { turn: 0, from: "assistant", blocks: made.blocks, at: new Date().toISOString() };
        this.change({ started: true, transcript: [greeting], servedBy: "assistant" });
        const spoken = asLanguage(made.language);
        if (spoken) this.speak(spoken);
        return { id: made.id, token: made.token };
      })
    );
  }

  /** Sends what waits, in order. The shop may wait for the rest of a thought, so that more goes out meanwhile. */
  private async flush(): Promise<void> {
    if (this.flushing) return this.nudge();
    this.flushing = true;
    try {
      await aloneAmongTabs("dangol-outbox", async () => {
        for (let item = this.next(); item || this.underway.size; item = this.next()) {
          const more = new Promise<void>((resolve) => (this.nudge = resolve));
          if (!item) await more;
          else await Promise.race([this.sendOff(item), pause(IN_ORDER_MS)]);
        }
      });
    } finally {
      this.flushing = false;
    }
    if (this.takeNews() || this.refreshAfter) {
      this.refreshAfter = false;
      await this.refresh();
    }
    if (this.next()) void this.flush();
  }

  private async sendOff(item: Pending): Promise<void> {
    const { id } = item.body;
    this.underway.add(id);
    try {
      await this.deliver(item);
    } finally {
      this.underway.delete(id);
      this.nudge();
    }
  }

  private next(): Pending | undefined {
    return this.state.outbox.find((item) => item.failed === undefined && !this.underway.has(item.body.id));
  }

  private async deliver(item: Pending): Promise<void> {
    const { id } = item.body;
    if (!this.session.isPending(id)) {
      this.change({ outbox: this.state.outbox.filter((each) => each.body.id !== id) }); // another tab has sent it
      this.refreshAfter = true;
      return;
    }
    try {
      await this.persistently(async () => {
        const credentials = await this.ensure();
        const blocks: Block[] = [];
        this.change({ arriving: { id, blocks: [] } });
        const answer = await this.api.send(credentials, item.body, (block) => {
          // words that grow while the answer is made come again under their id
          const before = blocks.findIndex((each) => each.id === block.id && each.kind === block.kind);
          if (block.id && before >= 0) blocks[before] = block;
          else blocks.push(block);
          this.change({ arriving: { id, blocks: [...blocks] } });
        });
        this.settle(item, answer, blocks);
      });
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.session.forgetPending(id);
      const failed = { ...item, again: error.status === 500, failed: [error.message, ...error.errors.map((each) => each.message ?? each.detail ?? "")].join(" ").trim() };
      this.change({ arriving: null, outbox: this.state.outbox.map((each) => (each.body.id === id ? failed : each)) });
    }
  }

  private settle(item: Pending, answer: Answer, blocks: Block[]): void {
    const { id } = item.body;
    this.changes += 1;
    const heard: TranscriptEntry = { turn: answer.turn, from: "shopper", id, text: item.label, spoken: item.body.spoken ?? false, at: item.at };
    const said: TranscriptEntry = { turn: answer.turn, from: "assistant", blocks, at: new Date().toISOString() };
    const before = this.state.transcript.filter((entry) => entry.id !== id);
    const joint = answer.answered_with ? before.findIndex((entry) => entry.turn === answer.turn) : -1;
    const at = joint < 0 ? before.length : joint; // a part of a burst stands before what was typed after it
    this.session.forgetPending(id);
    this.change({
      transcript: [...before.slice(0, at), heard, ...(blocks.length ? [said] : []), ...before.slice(at)],
      outbox: this.state.outbox.filter((each) => each.body.id !== id),
      arriving: this.state.arriving?.id === id ? null : this.state.arriving,
      servedBy: answer.served_by ?? this.state.servedBy,
    });
    const spoken = asLanguage(answer.language);
    if (spoken) this.speak(spoken);
    if (blocks.length && this.around.isOpen()) this.onAnswer(answer.turn);
    this.countUnread(blocks.length ? 1 : 0);
    const cart = blocks.findLast((block) => block.kind === "cart");
    if (cart) this.basket.keep(cart);
    else if (this.state.cart) void this.basket.load().catch(() => undefined);
  }

  /** Tries again until the shop answers; a conversation that is gone is begun anew, once. */
  async persistently<T>(work: () => Promise<T>, attempts = Infinity): Promise<T> {
    let renewed = false;
    for (let attempt = 1; ; attempt += 1) {
      try {
        const result = await work();
        if (this.state.offline) this.change({ offline: false });
        return result;
      } catch (error) {
        if (error instanceof ConversationGone && !renewed) {
          renewed = true;
          this.forget();
        } else if (error instanceof Unreachable && attempt < (error.broken === null ? attempts : Math.min(attempts, TRIES_WHEN_BROKEN))) {
          this.change({ offline: true });
          const doubled = Math.min(FIRST_WAIT_MS * 2 ** (attempt - 1), LONGEST_WAIT_MS);
          await backOnlineOr(error.retryAfter === null ? doubled : error.retryAfter * 1000);
        } else {
          if (error instanceof Unreachable) this.change({ offline: false }); // given up: nothing is being sent again
          if (error instanceof ConversationGone) throw new Refused(404, error.message, []);
          throw error instanceof Unreachable && error.broken !== null ? new Refused(500, error.broken, []) : error;
        }
      }
    }
  }

  private forget(): void {
    this.session.forgetConversation();
    this.changes += 1;
    this.toldRead = 0;
    this.change({ transcript: [], started: false, servedBy: "assistant", read: 0, cart: null, pressed: this.session.pressed(), arriving: null });
  }

  private remember(part: Partial<Pressed>): void {
    const pressed = { ...this.state.pressed, ...part };
    this.session.keepPressed(pressed);
    this.change({ pressed });
  }

  private followOtherTab(key: string): void {
    if (key === "pressed") this.change({ pressed: this.session.pressed() });
    else void this.refresh();
  }
}
