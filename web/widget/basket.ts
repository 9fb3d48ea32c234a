/** The cart of the conversation, as the page and the chat change it: one change after the other, the newest answer shown. */
import type { Cart } from "../shared/blocks";
import { inOrder } from "../shared/inorder";
import { Questions } from "../shared/questions";
import type { ChatApi, Conversation as Credentials } from "./api";
import { freshId } from "./session";

/** What a basket needs of the conversation it belongs to. */
interface Holder {
  state: { cart: Cart | null };
  credentials: Credentials | null;
  ensure: () => Promise<Credentials>;
  persistently: <T>(work: () => Promise<T>, attempts: number) => Promise<T>;
  change: (part: { cart: Cart }) => void;
}

const TRIES = 3;

export class Basket {
  private readonly changing = inOrder();
  private readonly looks = new Questions();

  constructor(
    private readonly api: ChatApi,
    private readonly holder: Holder,
  ) {}

  async load(): Promise<Cart | null> {
    const { credentials } = this.holder;
    return credentials && this.keepNewest(() => this.api.cart(credentials));
  }

  setQuantity(sku: string, quantity: number): Promise<Cart> {
    return this.changing(() => this.put(sku, quantity));
  }

  /** So many more of it than there are. */
  add(sku: string, quantity: number): Promise<Cart> {
    return this.changing(async () => {
      const cart = this.holder.credentials ? await this.holder.persistently(() => this.load(), TRIES) : null;
      const had = cart?.lines.find((line) => line.sku === sku)?.quantity ?? 0;
      return this.put(sku, had + quantity);
    });
  }

  useCoupon(code: string): Promise<Cart> {
    const key = freshId();
    return this.changing(() => this.persistently((to) => this.api.useCoupon(to, code, key)));
  }

  /** Told with an answer of the assistant: whatever was asked for before is older. */
  keep(cart: Cart): void {
    this.looks.ask()();
    this.holder.change({ cart });
  }

  private put(sku: string, quantity: number): Promise<Cart> {
    const key = freshId();
    return this.persistently((to) => this.api.setQuantity(to, sku, quantity, key));
  }

  private persistently(work: (to: Credentials) => Promise<Cart>): Promise<Cart> {
    return this.holder.persistently(() => this.keepNewest(async () => work(await this.holder.ensure())), TRIES);
  }

  /** Gives the cart as it is known by then: a later answer may have come first. */
  private async keepNewest(ask: () => Promise<Cart>): Promise<Cart> {
    const counts = this.looks.ask();
    const cart = await ask();
    if (counts()) this.holder.change({ cart });
    return this.holder.state.cart ?? cart;
  }
}
