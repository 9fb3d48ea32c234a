import type { OrderBlock, ReturnBlock, Shipment } from "../blocks";
import { day, moment, orderStatus, orderStep, orderSteps, returnStatus, safeUrl, shipmentStatus } from "../wording";
import { useSurface, useWords } from "./context";
import { CardHead, Lines, PageLink, Steps, Sums, discountRows } from "./parts";

export function OrderView({ block }: { block: OrderBlock }) {
  const { server, watching } = useSurface();
  const { w, language } = useWords();
  const step = orderStep(block.status);
  const pay = !watching && block.status === "pending_payment" ? safeUrl(block.payment_url, server) : null;
  const rows = discountRows(block.discounts, w.discount);
  if (block.shipping) rows.push([w.shipping, block.shipping.amount === 0 ? w.free : block.shipping.display]);
  return (
    <div class="card">
      <CardHead icon="truck" aside={<span class={`state is-${block.status}`}>{orderStatus(block.status, language)}</span>}>
        {w.order} {block.order}
      </CardHead>
      {step !== null && <Steps names={orderSteps(language)} at={step} />}
      <p class="quiet">{w.placedAt} {moment(block.placed_at, language)}</p>
      <Lines lines={block.lines} />
      <Sums rows={rows} total={[w.total, block.total.display]} />
      {block.refunded && <Sums rows={[[w.refunded, block.refunded.display]]} total={null} />}
      {block.shipments.map((shipment, index) => (
        <Parcel key={shipment.tracking_no ?? index} shipment={shipment} />
      ))}
      {pay && <a class="primary wide" href={pay}>{w.payNow(block.total.display)}</a>}
    </div>
  );
}

function Parcel({ shipment }: { shipment: Shipment }) {
  const { w, language } = useWords();
  const last = shipment.events?.[0];
  return (
    <div class="parcel">
      <p>
        <strong>{shipmentStatus(shipment.status, language)}</strong>
        {shipment.eta && <span> · {w.arrives} {day(shipment.eta, language)}</span>}
      </p>
      <p class="quiet">{[shipment.carrier, shipment.tracking_no].filter(Boolean).join(" ")}</p>
      {last && (
        <p class="quiet">
          {[last.at ? moment(last.at, language) : "", last.place, last.text || (last.status ? shipmentStatus(last.status, language) : "")].filter(Boolean).join(" · ")}
        </p>
      )}
      {shipment.url && <PageLink url={shipment.url}>{w.track}</PageLink>}
    </div>
  );
}

export function ReturnView({ block }: { block: ReturnBlock }) {
  const { w, language } = useWords();
  return (
    <div class="card">
      <CardHead icon="again" aside={<span class="state">{returnStatus(block.status, language)}</span>}>{w.returns}</CardHead>
      <p class="quiet">{[`${w.order} ${block.order}`, block.return].filter(Boolean).join(" · ")}</p>
      <Lines lines={block.lines} />
      {block.exchange_for && block.exchange_for.length > 0 && (
        <>
          <p class="quiet">{w.exchangeFor}</p>
          <Lines lines={block.exchange_for} />
        </>
      )}
      {block.refund && <Sums rows={[]} total={[w.refund, block.refund.display]} />}
      {block.steps && block.steps.length > 0 && (
        <>
          <p class="quiet">{w.next}</p>
          <ol class="next">
            {block.steps.map((step, index) => (
              <li key={index}>{typeof step === "string" ? step : (step.label ?? step.text)}</li>
            ))}
          </ol>
        </>
      )}
      {block.label_url && <PageLink url={block.label_url} class="primary wide">{w.label}</PageLink>}
    </div>
  );
}
