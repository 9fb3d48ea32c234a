import type { CheckoutBlock } from "../../shared/blocks";
import { eta, safeUrl } from "../../shared/wording";
import { useSurface, useWords } from "../context";
import { CardHead, Sums, discountRows } from "./parts";

/** Where the order stands before it is paid: what is missing, the whole price, and the way to pay. */
export function CheckoutView({ block }: { block: CheckoutBlock }) {
  const { server } = useSurface();
  const { w, language } = useWords();
  const { quote } = block;
  const pay = safeUrl(block.payment_url, server);
  const needs = (block.needs ?? []).map((need) => (typeof need === "string" ? (w.needs[need] ?? need) : (need.label ?? w.needs[need.name] ?? need.name)));
  const rows: [string, string][] = [];
  if (quote?.subtotal) rows.push([w.subtotal, quote.subtotal.display]);
  rows.push(...discountRows(quote?.discounts, w.discount));
  if (quote?.shipping) rows.push([w.shipping, quote.shipping.amount === 0 ? w.free : quote.shipping.display]);
  if (quote?.eta) rows.push([w.arrives, eta(quote.eta, language)]);
  return (
    <div class="card">
      <CardHead icon="bag" aside={w.needs[block.step]}>{w.checkout}</CardHead>
      {needs.length > 0 && (
        <div class="needs">
          <p class="quiet">{w.stillNeeded}</p>
          <ul>
            {needs.map((need) => (
              <li key={need}>{need}</li>
            ))}
          </ul>
        </div>
      )}
      {(rows.length > 0 || quote?.total) && <Sums rows={rows} total={quote?.total ? [w.total, quote.total.display] : null} />}
      {pay && (
        <a class="primary wide" href={pay}>
          {quote?.total ? w.payNow(quote.total.display) : w.pay}
        </a>
      )}
    </div>
  );
}
