import { Icon } from "../../../shared/icons";
import { PageLink } from "../../../shared/views/parts";
import { useWords } from "../../context";
import type { Card, Thread } from "../../types";

/** What somebody who takes over needs to know, so that the shopper need not say it again. */
export function CardView({ card, thread }: { card: Card; thread: Thread }) {
  const { w } = useWords();
  const known = Object.entries(card.known).flatMap(([name, value]) => (isSimple(value) ? [[w.known[name] ?? name, String(value)]] : value && typeof value === "object" ? Object.entries(value).filter(([, each]) => isSimple(each)).map(([inner, each]) => [w.known[inner] ?? inner, String(each)]) : []));
  return (
    <details class={`handoff-card is-${card.sentiment}`} open={thread.state === "queue" || thread.state === "person"}>
      <summary>
        <span class="handoff-wish">{card.wish}</span>
        <span class="handoff-facts">
          <span class="chip">{w.reasons[card.reason] ?? card.reason}</span>
          {card.sentiment !== "calm" && <b class={`chip is-${card.sentiment}`}>{w.sentiments[card.sentiment]}</b>}
          <span class="chip">{card.language === "ko" ? "한국어" : card.language === "en" ? "English" : card.language}</span>
          {card.orders.map((order) => <span key={order} class="chip">{w.orderNo(order)}</span>)}
        </span>
      </summary>
      <div class="handoff-body">
        {card.summary.length > 0 && (
          <section>
            <h3>{w.summary}</h3>
            <ul class="plain-list">{card.summary.map((line, index) => <li key={index}>{line}</li>)}</ul>
          </section>
        )}
        {card.tried.length > 0 && (
          <section>
            <h3>{w.tried}</h3>
            <ul class="tried">
              {card.tried.map((each, index) => (
                <li key={index} class={`is-${each.outcome}`}>
                  <Icon name={each.outcome === "done" ? "check" : "close"} size={14} />
                  <span>
                    {each.title} <small>{w.outcomes[each.outcome]}{each.why ? ` · ${each.why}` : ""}</small>
                  </span>
                </li>
              ))}
            </ul>
          </section>
        )}
        {(card.policies.length > 0 || card.products.length > 0) && (
          <section>
            <h3>{w.shown}</h3>
            <ul class="links">
              {card.policies.map((policy, index) => <li key={`p${index}`}><Icon name="book" size={14} /><PageLink url={policy.url}>{policy.title}</PageLink></li>)}
              {card.products.map((product) => <li key={product.product}><Icon name="bag" size={14} /><PageLink url={`/products/${encodeURIComponent(product.product)}`}>{product.title}</PageLink></li>)}
            </ul>
          </section>
        )}
        {known.length > 0 && (
          <section>
            <h3>{w.alreadyKnown}</h3>
            <dl class="pairs">{known.map(([name, value], index) => <div key={index}><dt>{name}</dt><dd>{value}</dd></div>)}</dl>
          </section>
        )}
        {card.next.length > 0 && (
          <section class="handoff-next">
            <h3>{w.nextSteps}</h3>
            <ul class="plain-list">{card.next.map((line, index) => <li key={index}>{line}</li>)}</ul>
          </section>
        )}
      </div>
    </details>
  );
}

const isSimple = (value: unknown) => (typeof value === "string" && value !== "") || typeof value === "number";
