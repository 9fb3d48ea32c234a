import { useState } from "preact/hooks";
import { Icon } from "../../../shared/icons";
import { useDesk, useWords } from "../../context";
import { useStore } from "../../store";
import type { Thread } from "../../types";
import { Dialog, Field } from "../ui";
import type { Acts } from "./acts";

/** What the conversation is about, in the shop's own words. */
export function LabelsDialog({ acts, thread, onClose }: { acts: Acts; thread: Thread; onClose: () => void }) {
  const desk = useDesk();
  const { items } = useStore(desk.inbox);
  const { w } = useWords();
  const [labels, setLabels] = useState(thread.labels);
  const [typed, setTyped] = useState("");
  const usual = [...new Set([...w.usualLabels, ...(items ?? []).flatMap((each) => each.labels)])].filter((label) => !labels.includes(label)).sort();
  const add = (label: string) => {
    if (label && !labels.includes(label)) setLabels([...labels, label]);
    setTyped("");
  };
  return (
    <Dialog title={w.labels} onClose={onClose}>
      <form
        class="form-grid"
        onSubmit={(event) => {
          event.preventDefault();
          if (typed.trim()) return add(typed.trim());
          acts.setLabels(labels, thread.labels);
          return onClose();
        }}
      >
        <Field label={w.addLabel}>{(ids) => <input {...ids} maxLength={40} value={typed} onInput={(event) => setTyped(event.currentTarget.value)} />}</Field>
        <ul class="label-list">
          {labels.map((label) => (
            <li key={label}>
              <button type="button" class="chip is-on" aria-label={w.removeLabel(label)} onClick={() => setLabels(labels.filter((each) => each !== label))}>
                {label}
                <Icon name="close" size={12} />
              </button>
            </li>
          ))}
        </ul>
        {usual.length > 0 && (
          <ul class="label-list" aria-label={w.usual}>
            {usual.slice(0, 14).map((label) => (
              <li key={label}>
                <button type="button" class="chip" onClick={() => add(label)}>
                  <Icon name="plus" size={12} />
                  {label}
                </button>
              </li>
            ))}
          </ul>
        )}
        <div class="dialog-acts">
          <button type="button" class="button" onClick={onClose}>{w.cancel}</button>
          <button type="button" class="button is-main" onClick={() => { acts.setLabels(typed.trim() && !labels.includes(typed.trim()) ? [...labels, typed.trim()] : labels, thread.labels); onClose(); }}>{w.save}</button>
        </div>
      </form>
    </Dialog>
  );
}
