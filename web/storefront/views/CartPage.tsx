import { useRef, useState } from "preact/hooks";
import type { CartLine } from "../../shared/blocks";
import { offText, optionText } from "../../shared/wording";
import { ask, chat, useShop, useTitle } from "../shop";

/** The cart, the very same as in the chat. */
export function CartPage() {
  const { w, cart } = useShop();
  useTitle(w.cart);
  const [busy, setBusy] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  const [problem, setProblem] = useState("");

  const change = async (act: () => Promise<unknown>) => {
    if (busy) return;
    setBusy(true);
    setProblem("");
    try {
      await act();
    } catch (error) {
      setProblem(error instanceof Error && error.name === "Refused" ? error.message : w.couldNot);
    } finally {
      setBusy(false);
    }
  };
  const set = (line: CartLine, quantity: number) => void change(async () => (await chat()).setQuantity(line.sku, quantity));

  if (!cart || cart.lines.length === 0) {
    return (
      <div class="page empty">
        <h1 ref={heading} tabIndex={-1}>{w.cart}</h1>
        <p><strong>{w.cartEmpty}</strong></p>
        <p>{w.cartEmptyHint}</p>
        <a class="button is-main" href="/products">{w.browse}</a>
      </div>
    );
  }
  return (
    <div class="page cart-page" aria-busy={busy}>
      <h1 ref={heading} tabIndex={-1}>{w.cart}</h1>
      <ul class="cart-lines">
        {cart.lines.map((line) => (
          <li key={line.sku}>
            <a class="picture" href={`/products/${encodeURIComponent(line.product)}`} tabIndex={-1} aria-hidden="true">
              {line.image && <img src={line.image} alt="" width="600" height="600" />}
            </a>
            <div>
              <a class="title" href={`/products/${encodeURIComponent(line.product)}`}>{line.title}</a>
              <p class="soft">{optionText(line.options)}</p>
              <p class="soft">{line.unit_price.display}</p>
              {line.note && <p class="bad-news">{line.note}</p>}
              <div class="stepper" role="group" aria-label={w.quantity}>
                <button type="button" aria-disabled={busy || line.quantity <= 1} aria-label={w.one(line.title)} onClick={() => line.quantity > 1 && set(line, line.quantity - 1)}>−</button>
                <output>{line.quantity}</output>
                <button type="button" aria-disabled={busy} aria-label={w.oneMore(line.title)} onClick={() => set(line, line.quantity + 1)}>+</button>
              </div>
            </div>
            <div class="end">
              <strong>{line.total.display}</strong>
              <button type="button" class="quiet-link" aria-disabled={busy} aria-label={w.remove(line.title)} onClick={() => {
                heading.current?.focus(); // the line and its button are about to go
                set(line, 0);
              }}>×</button>
            </div>
          </li>
        ))}
      </ul>
      <div class="sum-box">
        <Coupon onUse={(code) => void change(async () => (await chat()).useCoupon(code))} busy={busy} />
        {problem && <p class="bad-news" role="alert">{problem}</p>}
        <dl>
          <div><dt>{w.subtotal}</dt><dd>{cart.subtotal.display}</dd></div>
          {(cart.discounts ?? []).map((each, index) => <div key={index}><dt>{each.label || w.discount}</dt><dd>{offText(each)}</dd></div>)}
          {cart.shipping && <div><dt>{w.shipping}</dt><dd>{cart.shipping.amount === 0 ? w.free : cart.shipping.display}</dd></div>}
          <div class="total"><dt>{w.total}</dt><dd>{cart.total.display}</dd></div>
        </dl>
        {cart.note && <p class="soft">{cart.note}</p>}
        <button type="button" class="button is-main" onClick={() => ask(w.checkoutSay)}>{w.checkout}</button>
        <p class="soft">{w.checkoutHint}</p>
      </div>
    </div>
  );
}

function Coupon({ onUse, busy }: { onUse: (code: string) => void; busy: boolean }) {
  const { w } = useShop();
  const [code, setCode] = useState("");
  return (
    <form
      class="coupon"
      onSubmit={(event) => {
        event.preventDefault();
        if (code.trim()) onUse(code.trim());
      }}
    >
      <input type="text" aria-label={w.coupon} placeholder={w.coupon} autocapitalize="characters" autocomplete="off" value={code} onInput={(event) => setCode(event.currentTarget.value)} />
      <button type="submit" class="button" aria-disabled={busy || !code.trim()}>{w.useCoupon}</button>
    </form>
  );
}
