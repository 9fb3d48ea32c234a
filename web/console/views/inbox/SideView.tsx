import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { Icon } from "../../../shared/icons";
import { moment, orderStatus } from "../../../shared/wording";
import { BlockView } from "../../../shared/views/BlockView";
import { useNow, useWords } from "../../context";
import { inboxPlace } from "../../places";
import { useStore } from "../../store";
import type { Talk } from "../../talk";
import { stamp } from "../../time";
import type { Consent, Sidebar } from "../../types";
import type { Words } from "../../words/words";
import { Empty, Loading, Problem } from "../ui";
import { GiftPart } from "./GiftPart";
import { RefundDialog } from "./RefundDialog";
import { ReturnCard } from "./ReturnCard";

/** The customer beside the conversation: profile, cart as it is now, orders, points, what was before, consent. */
export function SideView({ talk, onClose }: { talk: Talk; onClose: () => void }) {
  const { sidebar, sidebarFailed } = useStore(talk);
  const { w } = useWords();
  return (
    <aside class="customer" aria-label={w.side}>
      <header class="customer-head">
        <h2>{w.side}</h2>
        <button type="button" class="icon-button" aria-label={w.close} onClick={onClose}>
          <Icon name="close" size={18} />
        </button>
      </header>
      {sidebar ? <Facts sidebar={sidebar} talk={talk} /> : sidebarFailed ? <Problem problem={null} again={() => void talk.loadSidebar()} /> : <Loading />}
    </aside>
  );
}

function Facts({ sidebar, talk }: { sidebar: Sidebar; talk: Talk }) {
  const { w, language } = useWords();
  const { detail } = useStore(talk);
  const [refunding, setRefunding] = useState<string | null>(null);
  const mine = detail?.allowed.includes("act") ?? false;
  const now = useNow();
  const { customer, cart, orders, returns, points, consents, contact } = sidebar;
  const past = sidebar.past.filter((thread) => thread.id !== talk.id);
  return (
    <div class="customer-body">
      <Profile customer={customer} points={points} contact={contact} w={w} />
      <Part title={w.cart} count={cart?.lines.length ?? 0} open={Boolean(cart?.lines.length)} empty={w.noCart}>
        {cart && cart.lines.length > 0 && <BlockView block={cart} chosen={null} live />}
      </Part>
      <Part title={w.orders} count={orders.length} open={orders.length > 0} empty={w.noOrders}>
        {orders.map((order, index) => (
          <details key={order.order} class="folded" open={index === 0 && orders.length === 1}>
            <summary>
              <span>{order.order}</span>
              <span class="quiet">{orderStatus(order.status, language)} · {order.total.display}</span>
            </summary>
            <BlockView block={order} chosen={null} live={false} />
            {mine && !["pending_payment", "cancelled", "refunded"].includes(order.status) && <button type="button" class="small refund-this" onClick={() => setRefunding(order.order)}><Icon name="again" size={14} />{w.a.refund}</button>}
          </details>
        ))}
      </Part>
      {returns.length > 0 && (
        <Part title={w.returns} count={returns.length} open empty="">
          {returns.map((each) => <ReturnCard key={each.return} block={each} talk={talk} mine={mine} />)}
        </Part>
      )}
      <GiftPart talk={talk} sidebar={sidebar} mine={mine} />
      <Part title={w.past} count={past.length} open={past.length > 0} empty={w.noPast}>
        <ul class="past">
          {past.map((thread) => (
            <li key={thread.id}>
              <a href={inboxPlace("all", thread.id)}>
                <span>{thread.subject || thread.last?.text || w.nothingSaid}</span>
                <small class="quiet">{stamp(thread.updated_at, now, language)} · {w.states[thread.state]}{thread.rating ? ` · ★ ${thread.rating}` : ""}</small>
              </a>
            </li>
          ))}
        </ul>
      </Part>
      <Part title={w.consents} count={consents.length} open={consents.length > 0} empty={w.noConsents}>
        <ul class="consents">{consents.map((consent, index) => <ConsentLine key={index} consent={consent} w={w} />)}</ul>
      </Part>
      {refunding && <RefundDialog talk={talk} order={refunding} onClose={() => setRefunding(null)} />}
    </div>
  );
}

function Profile({ customer, points, contact, w }: Pick<Sidebar, "customer" | "points" | "contact"> & { w: Words }) {
  const { language } = useWords();
  const left = Object.entries(contact ?? {}).filter(([name, value]) => name !== "purpose" && value);
  const rows = Object.entries(customer ?? {}).filter(([name, value]) => !["id", "name", "vip", "since"].includes(name) && isWorthShowing(value));
  return (
    <div class="profile">
      {customer ? <h3>{String(customer["name"] || w.nobody)} {customer["vip"] === true && <b class="chip is-vip">VIP</b>}</h3> : <Empty icon="person" title={w.visitorTitle}>{w.visitorLead}</Empty>}
      <dl class="pairs">
        {[...rows, ...left].map(([name, value]) => (
          <div key={name}>
            <dt>{w.known[name] ?? name.replaceAll("_", " ")}</dt>
            <dd>{shown(value, w)}</dd>
          </div>
        ))}
        {typeof customer?.["since"] === "string" && (
          <div>
            <dt>{w.known["since"]}</dt>
            <dd>{moment(customer["since"], language)}</dd>
          </div>
        )}
        {points && (
          <div>
            <dt>{w.points}</dt>
            <dd>{points.balance.toLocaleString()}</dd>
          </div>
        )}
      </dl>
    </div>
  );
}

function isWorthShowing(value: unknown): boolean {
  return value !== null && value !== "" && value !== false && !(Array.isArray(value) && value.length === 0);
}

function shown(value: unknown, w: Words): string {
  if (value === true) return w.yes;
  if (Array.isArray(value)) return value.map((each) => shown(each, w)).join(", ");
  if (typeof value === "object" && value !== null) return "display" in value ? String(value.display) : Object.values(value).map((each) => shown(each, w)).join(" ");
  return String(value);
}

function ConsentLine({ consent, w }: { consent: Consent; w: Words }) {
  const { language } = useWords();
  const given = consent.withdrawn === null;
  return (
    <li class={given ? "is-given" : "is-refused"}>
      <Icon name={given ? "check" : "close"} size={14} />
      <span>
        {w.purposes[consent.purpose] ?? consent.purpose}
        {consent.channel && ` · ${w.channels[consent.channel] ?? consent.channel}`}
        <small class="quiet"> {given ? moment(consent.given, language) : w.withdrawn(moment(consent.withdrawn ?? "", language))}</small>
      </span>
    </li>
  );
}

function Part({ title, count, open, empty, children }: { title: string; count: number; open: boolean; empty: string; children: ComponentChildren }) {
  return (
    <section class="part">
      <details open={open}>
        <summary>
          <h3>{title}</h3>
          {count > 0 && <b class="count">{count}</b>}
        </summary>
        {count > 0 ? children : <p class="quiet">{empty}</p>}
      </details>
    </section>
  );
}
