import type { CheckoutBlock } from "../blocks";
import { day, safeUrl } from "../wording";
import { useSurface, useWords } from "./context";
import { CardHead, Sums } from "./parts";

/** Where the order stands before it is paid: what is missing, the whole price, and the way to pay. */
export function CheckoutView({ block }: { block: CheckoutBlock }) {
  const { server, watching } = useSurface();
  const { w, language } = useWords();
  const { quote } = block;
  const pay = watching ? null : safeUrl(block.payment_url, server);
  const needs = (block.needs ?? []).map((need) => w.needs[need] ?? need);
  const given = Object.entries(block.summary ?? {});
  const rows: [string, string][] = [];
  if (quote?.shipping) rows.push([w.shipping, quote.shipping.amount === 0 ? w.free : quote.shipping.display]);
  if (quote?.eta && !given.some(([, value]) => value === quote.eta)) rows.push([w.arrives, day(quote.eta, language)]);
  return (
    <div class="card">
      <CardHead icon="bag" aside={w.needs[block.step]}>{w.checkout}</CardHead>
      {given.length > 0 && (
        <dl class="given">
          {given.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
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
