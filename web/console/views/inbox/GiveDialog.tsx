import { useState } from "preact/hooks";
import { useWords } from "../../context";
import { amountOf, display } from "../../money";
import type { Talk } from "../../talk";
import type { Sidebar } from "../../types";
import { Dialog, Field } from "../ui";
import { Over, useActing } from "./acting";

const DAYS = [7, 14, 30, 90, 180];

type Gift = "coupon" | "points";

/** A coupon or points as an apology: within one's limit at once, above it another one is asked; the shopper is told. */
export function GiveDialog({ talk, sidebar, onClose }: { talk: Talk; sidebar: Sidebar; onClose: () => void }) {
  const { w, language } = useWords();
  const currency = sidebar.cart?.total.currency ?? sidebar.may_give?.currency ?? "KRW";
  const [gift, setGift] = useState<Gift>("coupon");
  const [size, setSize] = useState("");
  const [days, setDays] = useState(30);
  const [why, setWhy] = useState("");
  const { busy, over, problem, say, act } = useActing(talk);
  const amount = gift === "coupon" ? amountOf(size, currency) : null;
  const points = /^\d+$/.test(size.trim()) ? Number(size.trim()) : null;
  const above = sidebar.may_give !== null && amount !== null && amount > sidebar.may_give.amount;
  const submit = (event: Event) => {
    event.preventDefault();
    if (!(gift === "coupon" ? amount : points)) return say(w.a.amountWrong);
    if (!why.trim()) return say(w.a.whyMissing);
    const given = gift === "coupon" ? { amount: { amount, currency }, days } : { points };
    void act(gift === "coupon" ? "grant_coupon" : "grant_goodwill", { ...given, why: why.trim() });
  };
  if (over) {
    const done = gift === "coupon" ? w.a.couponGiven(display(amount ?? 0, currency, language)) : w.a.pointsGiven(points ?? 0);
    return <Dialog title={w.a.give} onClose={onClose}><Over over={over} done={done} onClose={onClose} /></Dialog>;
  }
  return (
    <Dialog title={w.a.give} onClose={onClose}>
      <form class="form-grid give" onSubmit={submit}>
        <p class="quiet">{w.a.giveLead[gift]}</p>
        {sidebar.points && (
          <div class="segmented" role="group" aria-label={w.a.give}>
            {(["coupon", "points"] as const).map((each) => (
              <button key={each} type="button" aria-pressed={gift === each} onClick={() => { setGift(each); setSize(""); say(""); }}>{w.a.gifts[each]}</button>
            ))}
          </div>
        )}
        <div class={gift === "coupon" ? "two" : undefined}>
          <Field label={gift === "coupon" ? w.a.couponAmount(currency) : w.a.pointsAmount}>
            {(ids) => <input {...ids} type="text" inputMode="decimal" autocomplete="off" data-first value={size} onInput={(event) => setSize(event.currentTarget.value)} />}
          </Field>
          {gift === "coupon" && (
            <Field label={w.a.couponDays}>
              {(ids) => (
                <select {...ids} value={days} onChange={(event) => setDays(Number(event.currentTarget.value))}>
                  {DAYS.map((each) => <option key={each} value={each}>{w.a.daysLong(each)}</option>)}
                </select>
              )}
            </Field>
          )}
        </div>
        <Field label={w.a.refundWhy} hint={w.a.refundWhyHint}>{(ids) => <input {...ids} type="text" maxLength={500} value={why} onInput={(event) => setWhy(event.currentTarget.value)} />}</Field>
        {sidebar.may_give && <p class={above ? "outcome is-waiting" : "quiet"} aria-live="polite">{above ? w.a.giveAbove(sidebar.may_give.display) : w.a.giveWithin(sidebar.may_give.display)}</p>}
        {problem && <p class="failed" role="alert">{problem}</p>}
        <div class="dialog-acts">
          <button type="button" class="button" onClick={onClose}>{w.cancel}</button>
          <button type="submit" class="button is-main" aria-disabled={busy}>{above ? w.a.askApproval : w.a.giveNow}</button>
        </div>
      </form>
    </Dialog>
  );
}
