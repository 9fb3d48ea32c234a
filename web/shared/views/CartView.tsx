import { useState } from "preact/hooks";
import type { Cart, CartBlock, CartLine } from "../blocks";
import { optionText } from "../wording";
import { Refused } from "../refused";
import { useConversation, useSurface, useWords } from "./context";
import { Icon } from "../icons";
import { CardHead, PageLink, Picture, Sums, discountRows } from "./parts";

interface Props {
  block: CartBlock;
  newest: boolean;
  /** Has the shopper spoken since? */
  past: boolean;
}

/** The cart. The newest one shown is the cart itself and may be changed; earlier ones, and what was ordered, stay. */
export function CartView({ block, newest, past }: Props) {
  const { conversation, watching } = useSurface();
  const { cart: current } = useConversation(conversation);
  const { w } = useWords();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState("");
  const ordered = past && current?.lines.length === 0 && block.lines.length > 0;
  const live = newest && !ordered;
  const cart: Cart = (live && current) || block;

  const setQuantity = async (line: CartLine, quantity: number) => {
    if (busy) return;
    setBusy(true);
    setProblem("");
    try {
      await conversation.setQuantity(line.sku, quantity);
    } catch (error) {
      setProblem(error instanceof Refused ? error.message : w.offline);
    } finally {
      setBusy(false);
    }
  };

  const rows: [string, string][] = [[w.subtotal, cart.subtotal.display], ...discountRows(cart.discounts, w.discount)];
  if (cart.shipping) rows.push([w.shipping, cart.shipping.amount === 0 ? w.free : cart.shipping.display]);
  return (
    <div class={`card cart ${live ? "" : "is-past"}`} aria-busy={busy}>
      <CardHead icon="bag">{live ? w.cart : w.earlierCart}</CardHead>
      {cart.lines.length === 0 ? (
        <p class="quiet">{w.cartEmpty}</p>
      ) : (
        <>
          <ul class="lines">
            {cart.lines.map((line) => (
              <li key={line.sku}>
                {line.image && <Picture src={line.image} />}
                <div>
                  <PageLink url={`/products/${encodeURIComponent(line.product)}`} class="title">{line.title}</PageLink>
                  <p class="quiet">{optionText(line.options)}</p>
                  {line.note && <p class="failed">{line.note}</p>}
                  {live && !watching ? (
                    <div class="stepper">
                      <button type="button" aria-disabled={busy} aria-label={line.quantity === 1 ? w.remove(line.title) : w.fewer(line.title)} onClick={() => void setQuantity(line, line.quantity - 1)}>
                        <Icon name={line.quantity === 1 ? "trash" : "minus"} size={16} />
                      </button>
                      <span aria-label={w.quantity(line.quantity)} role="img">{line.quantity}</span>
                      <button type="button" aria-disabled={busy} aria-label={w.more(line.title)} onClick={() => void setQuantity(line, line.quantity + 1)}>
                        <Icon name="plus" size={16} />
                      </button>
                    </div>
                  ) : (
                    <p class="quiet">{w.quantity(line.quantity)}</p>
                  )}
                </div>
                <div class="end">
                  <span class="amount">{line.total.display}</span>
                  {live && !watching && line.quantity > 1 && (
                    <button type="button" class="plain" aria-disabled={busy} aria-label={w.remove(line.title)} onClick={() => void setQuantity(line, 0)}>
                      <Icon name="trash" size={16} />
                    </button>
                  )}
                </div>
              </li>
            ))}
          </ul>
          <Sums rows={rows} total={[w.total, cart.total.display]} />
          {cart.note && <p class="quiet">{cart.note}</p>}
        </>
      )}
      {problem && <p class="failed" role="alert">{problem}</p>}
    </div>
  );
}
