import { useEffect, useState } from "preact/hooks";
import { query } from "../../api";
import { useDesk, useNow, useWords } from "../../context";
import { useStore } from "../../store";
import type { Talk } from "../../talk";
import { stamp } from "../../time";
import type { Conversation, InboxPage, Thread } from "../../types";
import { Dialog, Field } from "../ui";
import { show } from "./acts";
import { nameOf } from "./ThreadRow";

/** A double: this one is closed and points to the other, which goes on. */
export function MergeDialog({ talk, detail, onClose }: { talk: Talk; detail: Conversation; onClose: () => void }) {
  const desk = useDesk();
  const { sidebar } = useStore(talk);
  const { w, language } = useWords();
  const now = useNow();
  const [typed, setTyped] = useState("");
  const [found, setFound] = useState<Thread[] | null>(null);
  const [into, setInto] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    if (!typed.trim()) return setFound(null);
    const asked = new AbortController();
    const look = () => desk.api.get<InboxPage>(`/inbox${query({ view: "all", q: typed.trim(), limit: 10 })}`, asked.signal);
    const timer = setTimeout(() => void look().then((page) => asked.signal.aborted || setFound(page.items), (error: unknown) => asked.signal.aborted || desk.complain(error)), 250);
    return () => {
      clearTimeout(timer);
      asked.abort();
    };
  }, [typed]);
  const choices = (found ?? sidebar?.past ?? []).filter((thread) => thread.id !== talk.id && thread.state !== "closed");
  const submit = async (event: Event) => {
    event.preventDefault();
    if (!into || busy) return;
    setBusy(true);
    try {
      await talk.act("merge", { into });
      desk.toast(w.done.merge);
      desk.inbox.soon();
      onClose();
      show(into);
    } catch (error) {
      desk.complain(error);
      setBusy(false);
    }
  };
  return (
    <Dialog title={w.merge} onClose={onClose}>
      <form class="form-grid" onSubmit={(event) => void submit(event)}>
        <p class="quiet">{w.mergeHint(nameOf(detail.thread, w))}</p>
        <Field label={w.search}>{(ids) => <input {...ids} type="search" placeholder={w.searchHint} value={typed} onInput={(event) => setTyped(event.currentTarget.value)} />}</Field>
        <fieldset class="picks">
          <legend class="unseen">{w.merge}</legend>
          {choices.length === 0 && <p class="quiet">{found ? w.nothingFound : w.noDouble}</p>}
          {choices.map((thread) => (
            <label key={thread.id} class={`pick ${into === thread.id ? "is-on" : ""}`}>
              <input type="radio" name="into" checked={into === thread.id} onChange={() => setInto(thread.id)} />
              <span class="pick-text">
                <strong>{nameOf(thread, w)}</strong>
                <small class="quiet">{thread.last?.text ?? thread.subject} · {stamp(thread.updated_at, now, language)}</small>
              </span>
            </label>
          ))}
        </fieldset>
        <div class="dialog-acts">
          <button type="button" class="button" onClick={onClose}>{w.cancel}</button>
          <button type="submit" class="button is-main" disabled={!into} aria-disabled={busy}>{w.merge}</button>
        </div>
      </form>
    </Dialog>
  );
}
