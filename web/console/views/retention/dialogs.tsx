import { useState } from "preact/hooks";
import { Refused } from "../../../shared/refused";
import { amountOf } from "../../money";
import { useDesk, useWords } from "../../context";
import { Dialog, Field } from "../ui";
import type { Segment } from "./shapes";

interface Props {
  one: Segment;
  onClose: () => void;
  onDone: () => void;
}

/** Sends what a dialog asks for, and closes it when that went well. */
function useSending({ onClose, onDone }: Pick<Props, "onClose" | "onDone">) {
  const desk = useDesk();
  const { w } = useWords();
  const [problem, setProblem] = useState("");
  const send = async (ask: () => Promise<unknown>, done: string) => {
    setProblem("");
    try {
      await ask();
    } catch (error) {
      setProblem(error instanceof Refused ? [error.message, ...error.errors.map((each) => each.detail ?? "")].join(" ") : w.unreachable);
      return;
    }
    desk.toast(done);
    onDone();
    onClose();
  };
  return { desk, w, problem, send };
}

/** What the merchant expects of treating a segment. */
export function AssumeDialog({ one, onClose, onDone }: Props) {
  const { desk, w, problem, send } = useSending({ onClose, onDone });
  const [low, setLow] = useState(one.assumed ? String(one.assumed[0]) : "");
  const [high, setHigh] = useState(one.assumed ? String(one.assumed[1]) : "");
  const path = `/insights/segments/${one.segment}/expected`;
  const submit = (event: Event) => {
    event.preventDefault();
    void send(() => desk.api.put(path, { low: Number(low), high: Number(high) }), w.done.saved);
  };
  return (
    <Dialog title={`${one.title} · ${w.l.assume}`} onClose={onClose}>
      <form class="form-grid" onSubmit={submit}>
        <p class="quiet">{w.l.assumeLead}</p>
        <div class="two">
          <Field label={w.l.low}>{(ids) => <input {...ids} type="number" min={0} max={100} step="0.1" required value={low} onInput={(event) => setLow(event.currentTarget.value)} />}</Field>
          <Field label={w.l.high}>{(ids) => <input {...ids} type="number" min={0} max={100} step="0.1" required value={high} onInput={(event) => setHigh(event.currentTarget.value)} />}</Field>
        </div>
        {problem && <p class="failed" role="alert">{problem}</p>}
        <div class="dialog-acts">
          {one.assumed && <button type="button" class="button" onClick={() => void send(() => desk.api.delete(path), w.done.saved)}>{w.l.forget}</button>}
          <button type="button" class="button" onClick={onClose}>{w.cancel}</button>
          <button type="submit" class="button is-main">{w.save}</button>
        </div>
      </form>
    </Dialog>
  );
}

/** A treatment with its hold-out. */
export function BeginDialog({ one, currency, onClose, onDone }: Props & { currency: string }) {
  const { desk, w, problem, send } = useSending({ onClose, onDone });
  const [values, setValues] = useState({ action: one.action, held: "20", cost: "0", margin: "" });
  const set = (part: Partial<typeof values>) => setValues({ ...values, ...part });
  const submit = (event: Event) => {
    event.preventDefault();
    const body = { segment: one.segment, action: values.action.trim(), held_out: Number(values.held), cost: amountOf(values.cost, currency) ?? -1, margin: Number(values.margin) };
    void send(() => desk.api.post("/insights/treatments", body), w.l.begun);
  };
  return (
    <Dialog title={`${one.title} · ${w.l.start}`} onClose={onClose} wide>
      <form class="form-grid" onSubmit={submit}>
        <p class="quiet">{w.l.startLead}</p>
        <Field label={w.l.action}>{(ids) => <input {...ids} maxLength={120} required value={values.action} onInput={(event) => set({ action: event.currentTarget.value })} />}</Field>
        <div class="two">
          <Field label={w.l.heldOut} hint={w.l.heldOutHint}>{(ids) => <input {...ids} type="number" min={5} max={50} required value={values.held} onInput={(event) => set({ held: event.currentTarget.value })} />}</Field>
          <Field label={w.l.margin} hint={w.l.marginHint}>{(ids) => <input {...ids} type="number" min={0.1} max={100} step="0.1" required value={values.margin} onInput={(event) => set({ margin: event.currentTarget.value })} />}</Field>
        </div>
        <Field label={`${w.l.cost} (${currency})`}>{(ids) => <input {...ids} inputMode="decimal" required value={values.cost} onInput={(event) => set({ cost: event.currentTarget.value })} />}</Field>
        {problem && <p class="failed" role="alert">{problem}</p>}
        <div class="dialog-acts">
          <button type="button" class="button" onClick={onClose}>{w.cancel}</button>
          <button type="submit" class="button is-main">{w.l.begin}</button>
        </div>
      </form>
    </Dialog>
  );
}
