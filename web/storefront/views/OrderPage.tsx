import { useEffect, useState } from "preact/hooks";
import type { Shipment } from "../../shared/blocks";
import { day, moment, offText, optionText, orderStatus, orderStep, orderSteps, safeUrl, shipmentStatus } from "../../shared/wording";
import { orderPath, useRead } from "../api";
import type { Order } from "../api";
import { usePlace } from "../../shared/router";
import { useShop, useTitle } from "../shop";
import { Missing } from "./Missing";
import { AskButton, Trouble } from "./parts";

const LOOK_AGAIN_MS = 3_000;
const LOOKS = 20;

/** One order, from thanks to arrival; the link carries the right to see it. */
export function OrderPage({ number }: { number: string }) {
  const { w, language } = useShop();
  const { query } = usePlace();
  const [looks, setLooks] = useState(0);
  const read = useRead<Order>(orderPath(number, query.get("token") ?? "", language), looks);
  const order = read.value;
  useTitle(`${w.order} ${number}`);
  useEffect(() => {
    // the payment's confirmation may come a moment after the shopper
    if (order?.status !== "pending_payment" || looks >= LOOKS) return;
    const timer = setTimeout(() => setLooks(looks + 1), LOOK_AGAIN_MS);
    return () => clearTimeout(timer);
  }, [order, looks]);
  if (read.state === "missing") return <Missing />;
  if (read.state === "failed") return <div class="page"><Trouble retry={read.retry} /></div>;
  if (!order) return <div class="page is-loading" aria-busy="true" aria-label={w.loading} />;

  const step = orderStep(order.status);
  const pay = order.status === "pending_payment" ? safeUrl(order.payment_url, location.href) : null;
  return (
    <div class="page order-page">
      <p class="brand">{w.order} {order.order}</p>
      <h1 aria-live="polite">
        {order.status === "pending_payment" ? w.orderWaiting : order.status === "paid" ? w.orderThanks : orderStatus(order.status, language)}
      </h1>
      <p class="soft">{w.placed} {moment(order.placed_at, language)} · {orderStatus(order.status, language)}</p>
      {step !== null && (
        <ol class="steps">
          {orderSteps(language).map((name, index) => (
            <li key={name} class={index < step ? "is-done" : index === step ? "is-now" : ""} aria-current={index === step ? "step" : undefined}>
              <i />
              <span>{name}</span>
            </li>
          ))}
        </ol>
      )}
      {order.shipments.map((shipment, index) => <Parcel key={index} shipment={shipment} />)}
      <ul class="cart-lines">
        {order.lines.map((line, index) => (
          <li key={line.sku ?? index}>
            {line.image && <span class="picture"><img src={line.image} alt="" width="600" height="600" /></span>}
            <div>
              {line.product ? <a class="title" href={`/products/${encodeURIComponent(line.product)}`}>{line.title}</a> : <span class="title">{line.title}</span>}
              <p class="soft">{[optionText(line.options), `× ${line.quantity}`].filter(Boolean).join(" ")}</p>
            </div>
            <div class="end"><strong>{(line.total ?? line.unit_price)?.display}</strong></div>
          </li>
        ))}
      </ul>
      <div class="sum-box">
        <dl>
          {order.subtotal && <div><dt>{w.subtotal}</dt><dd>{order.subtotal.display}</dd></div>}
          {(order.discounts ?? []).map((each, index) => <div key={index}><dt>{each.label || w.discount}</dt><dd>{offText(each)}</dd></div>)}
          {order.shipping && <div><dt>{w.shipping}</dt><dd>{order.shipping.amount === 0 ? w.free : order.shipping.display}</dd></div>}
          <div class="total"><dt>{w.total}</dt><dd>{order.total.display}</dd></div>
          {order.refunded && <div><dt>{w.refunded}</dt><dd>{order.refunded.display}</dd></div>}
        </dl>
        {pay && <a class="button is-main" href={pay}>{w.orderPay}</a>}
        <AskButton say={w.askOrderSay(order.order)}>{w.askOrder}</AskButton>
      </div>
    </div>
  );
}

function Parcel({ shipment }: { shipment: Shipment }) {
  const { w, language } = useShop();
  const url = safeUrl(shipment.url, location.href);
  return (
    <section class="parcel">
      <h2>{shipmentStatus(shipment.status, language)}{shipment.eta ? ` · ${w.arrives} ${day(shipment.eta, language)}` : ""}</h2>
      <p class="soft">{[shipment.carrier, shipment.tracking_no].filter(Boolean).join(" ")}</p>
      {(shipment.events ?? []).length > 0 && (
        <ol>
          {(shipment.events ?? []).map((event, index) => (
            <li key={index}>
              <span class="soft">{event.at ? moment(event.at, language) : ""}</span> {event.text || (event.status ? shipmentStatus(event.status, language) : "")} <span class="soft">{event.place}</span>
            </li>
          ))}
        </ol>
      )}
      {url && <a href={url} target="_blank" rel="noopener noreferrer">{w.track}</a>}
    </section>
  );
}
