import { useState } from "preact/hooks";
import { Icon } from "../../../shared/icons";
import { useDesk, useWords } from "../../context";
import type { Talk } from "../../talk";
import type { Acted, CouponGiven, Sidebar } from "../../types";
import { GiveDialog } from "./GiveDialog";

/** Coupons this shopper was given, and the way to give another. */
export function GiftPart({ talk, sidebar, mine }: { talk: Talk; sidebar: Sidebar; mine: boolean }) {
  const { w } = useWords();
  const [giving, setGiving] = useState(false);
  const { coupons } = sidebar;
  return (
    <section class="part gifts">
      <details open={mine || coupons.length > 0}>
        <summary>
          <h3>{w.a.coupons}</h3>
          {coupons.length > 0 && <b class="count">{coupons.length}</b>}
        </summary>
        {coupons.length === 0 && <p class="quiet">{w.a.noCoupons}</p>}
        <ul>{coupons.map((coupon) => <CouponLine key={coupon.code} coupon={coupon} talk={talk} mine={mine} />)}</ul>
        {mine && <button type="button" class="small" onClick={() => setGiving(true)}><Icon name="plus" size={14} />{w.a.give}</button>}
      </details>
      {giving && <GiveDialog talk={talk} sidebar={sidebar} onClose={() => setGiving(false)} />}
    </section>
  );
}

function CouponLine({ coupon, talk, mine }: { coupon: CouponGiven; talk: Talk; mine: boolean }) {
  const desk = useDesk();
  const { w } = useWords();
  const [asking, setAsking] = useState(false);
  const withdraw = async () => {
    setAsking(false);
    try {
      const acted = await desk.api.post<Acted>(`${talk.path}/actions`, { id: crypto.randomUUID(), tool: "withdraw_coupon", args: { code: coupon.code } });
      desk.toast(acted.outcome === "done" ? w.a.couponBack : w.actRefused(w.a.codes[acted.code ?? ""] ?? acted.code ?? ""));
      void talk.loadSidebar();
    } catch (error) {
      desk.complain(error);
    }
  };
  return (
    <li class={`is-${coupon.state}`}>
      <span>
        <b>{coupon.amount.display}</b> <code>{coupon.code}</code>
        <small class="quiet">{coupon.state === "open" ? w.a.couponUntil(coupon.ends) : w.a.couponStates[coupon.state]}</small>
      </span>
      {mine && coupon.state === "open" && (asking
        ? <button type="button" class="small is-bad" onClick={() => void withdraw()}>{w.a.withdrawSure}</button>
        : <button type="button" class="small" onClick={() => setAsking(true)}>{w.a.withdraw}</button>)}
    </li>
  );
}
