import { useState } from "preact/hooks";
import type { Money } from "../../../shared/blocks";
import { useLoaded, useWords } from "../../context";
import { amountOf, display, typed } from "../../money";
import type { Talk } from "../../talk";
import { Dialog, Field, Loading, Problem } from "../ui";
import { Over, useActing } from "./acting";

interface RefundForm {
  order: string;
  lines: { line: string; title: string; options: Record<string, string>; quantity: number; refundable: Money }[];
  shipping: Money;
  left: Money;
  way: "original" | "by_hand" | "none";
  limit: Money | null;
}

/** A refund of an order filled in: what was paid for each line, how much this person may give, approval above it. */
export function RefundDialog({ talk, order, onClose }: { talk: Talk; order: string; onClose: () => void }) {
  const { w } = useWords();
  const { data, problem, reload } = useLoaded<RefundForm>(`${talk.path}/orders/${encodeURIComponent(order)}/refund`);
  return (
    <Dialog title={w.a.refundOf(order)} onClose={onClose}>
      {problem ? <Problem problem={problem} again={reload} /> : !data ? <Loading /> : <Form form={data} talk={talk} onClose={onClose} />}
    </Dialog>
  );
}

function Form({ form, talk, onClose }: { form: RefundForm; talk: Talk; onClose: () => void }) {
  const { w, language } = useWords();
  const { currency } = form.left;
  const [picked, setPicked] = useState<string[]>([]);
  const [amount, setAmount] = useState("");
  const [why, setWhy] = useState("");
  const { busy, over, problem, say, act } = useActing(talk);
  const rows = [...form.lines.map((each) => ({ id: each.line, title: w.a.lineTimes([each.title, ...Object.values(each.options)].join(" · "), each.quantity), worth: each.refundable })), { id: "shipping", title: w.a.shipping, worth: form.shipping }];
  const pick = (id: string, on: boolean) => {
    const now = on ? [...picked, id] : picked.filter((each) => each !== id);
    const sum = rows.filter((row) => now.includes(row.id)).reduce((all, row) => all + row.worth.amount, 0);
    setPicked(now);
    setAmount(now.length ? typed(Math.min(sum, form.left.amount), currency) : "");
  };
  const wanted = amountOf(amount, currency);
  const above = form.limit !== null && wanted !== null && wanted > form.limit.amount;
  const submit = (event: Event) => {
    event.preventDefault();
    if (wanted === null || wanted <= 0 || wanted > form.left.amount) return say(`${w.a.amountWrong} ${w.a.atMost(form.left.display)}`);
    if (!why.trim()) return say(w.a.whyMissing);
    void act("refund_order", { order: form.order, refund: { amount: wanted, currency }, why: why.trim() });
  };
  if (over) return <Over over={over} done={w.a.refunded(display(wanted ?? 0, currency, language))} onClose={onClose} />;
  return (
    <form class="form-grid refund" onSubmit={submit}>
      <p class="quiet">{form.way === "none" ? w.a.refundWays["none"] : `${w.a.refundLead} ${w.a.refundWays[form.way]}`}</p>
      {form.way !== "none" && (
        <>
          <ul class="refund-lines">
            {rows.filter((row) => row.worth.amount > 0).map((row) => (
              <li key={row.id}>
                <label class="check">
                  <input type="checkbox" checked={picked.includes(row.id)} onChange={(event) => pick(row.id, event.currentTarget.checked)} />
                  <span class="grow">{row.title}</span>
                  <b>{row.worth.display}</b>
                </label>
              </li>
            ))}
          </ul>
          <Field label={w.a.amount} hint={w.a.atMost(form.left.display)}>
            {(ids) => <input {...ids} type="text" inputMode="decimal" value={amount} onInput={(event) => setAmount(event.currentTarget.value)} />}
          </Field>
          <Field label={w.a.refundWhy} hint={w.a.refundWhyHint}>{(ids) => <input {...ids} type="text" maxLength={500} value={why} onInput={(event) => setWhy(event.currentTarget.value)} />}</Field>
          {form.limit && wanted !== null && wanted > 0 && <p class={above ? "outcome is-waiting" : "quiet"} aria-live="polite">{above ? w.a.aboveLimit(form.limit.display) : w.a.withinLimit(form.limit.display)}</p>}
        </>
      )}
      {problem && <p class="failed" role="alert">{problem}</p>}
      <div class="dialog-acts">
        <button type="button" class="button" onClick={onClose}>{form.way === "none" ? w.close : w.cancel}</button>
        {form.way !== "none" && <button type="submit" class="button is-bad" aria-disabled={busy}>{above ? w.a.askApproval : w.a.refundNow}</button>}
      </div>
    </form>
  );
}
