import { useState } from "preact/hooks";
import { useDesk, useSession, useWords } from "../../context";
import { useStore } from "../../store";
import type { Talk } from "../../talk";
import type { Conversation } from "../../types";
import { Avatar, Dialog, Field } from "../ui";

/** To a colleague, or back to the queue (of a team), with a note for whoever gets it. */
export function TransferDialog({ talk, detail, onClose }: { talk: Talk; detail: Conversation; onClose: () => void }) {
  const desk = useDesk();
  const { people } = useStore(desk);
  const { staff } = useSession();
  const { w } = useWords();
  const [to, setTo] = useState("queue");
  const [note, setNote] = useState("");
  const [busy, setBusy] = useState(false);
  const order = { online: 0, away: 1, offline: 2 };
  const colleagues = people
    .filter((person) => person.id !== staff.id && person.role !== "editor" && !person.disabled)
    .sort((a, b) => order[a.presence] - order[b.presence] || a.open - b.open || a.name.localeCompare(b.name));
  const teams = [...new Set(people.flatMap((person) => person.teams))].sort();
  const submit = async (event: Event) => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    const [kind, id] = to.split(":", 2);
    try {
      await talk.act("transfer", { ...(kind === "person" ? { to: id } : kind === "team" ? { team: id } : {}), ...(note.trim() ? { note: note.trim() } : {}) });
      desk.toast(w.done.transfer(kind === "person" ? (people.find((person) => person.id === id)?.name ?? "") : kind === "team" ? (id ?? "") : w.queue));
      desk.inbox.soon();
      onClose();
    } catch (error) {
      desk.complain(error);
      setBusy(false);
    }
  };
  const option = (value: string, content: preact.ComponentChildren) => (
    <label class={`pick ${to === value ? "is-on" : ""}`}>
      <input type="radio" name="to" value={value} checked={to === value} onChange={() => setTo(value)} />
      {content}
    </label>
  );
  return (
    <Dialog title={w.transfer} onClose={onClose}>
      <form onSubmit={(event) => void submit(event)} class="form-grid">
        <fieldset class="picks">
          <legend class="unseen">{w.transferWhom}</legend>
          {option("queue", <span class="pick-text"><strong>{w.queue}</strong><small class="quiet">{w.queueHint}</small></span>)}
          {teams.map((team) => option(`team:${team}`, <span class="pick-text"><strong>{w.teamQueue(team)}</strong></span>))}
          {colleagues.map((person) =>
            option(
              `person:${person.id}`,
              <>
                <Avatar name={person.name} size={30} presence={person.presence} />
                <span class="pick-text">
                  <strong>{person.name}</strong>
                  <small class="quiet">{[w.presence[person.presence], w.load(person.open, person.capacity), ...person.skills, person.languages.includes(detail.thread.language) ? "" : w.otherLanguage].filter(Boolean).join(" · ")}</small>
                </span>
              </>,
            ),
          )}
        </fieldset>
        <Field label={w.transferNote}>{(ids) => <textarea {...ids} rows={3} maxLength={2000} value={note} onInput={(event) => setNote(event.currentTarget.value)} />}</Field>
        <div class="dialog-acts">
          <button type="button" class="button" onClick={onClose}>{w.cancel}</button>
          <button type="submit" class="button is-main" aria-disabled={busy}>{w.transfer}</button>
        </div>
      </form>
    </Dialog>
  );
}
