import { useState } from "preact/hooks";
import { Icon } from "../../shared/icons";
import { Refused } from "../../shared/refused";
import { useDesk, useLoaded, useWords } from "../context";
import type { Canned } from "../types";
import { Dialog, Empty, Field, Loading, Problem, Sheet } from "./ui";

const VARIABLES = ["customer", "order", "agent", "shop"];

/** Prepared replies: found by typing / and a shortcut, filled in for each conversation. */
export function Replies() {
  const desk = useDesk();
  const { w, language } = useWords();
  const [typed, setTyped] = useState("");
  const [edited, setEdited] = useState<Canned | "new" | null>(null);
  const { data, problem, reload } = useLoaded<{ items: Canned[] }>("/replies");
  const items = data?.items.filter((reply) => `${reply.shortcut} ${reply.title} ${Object.values(reply.texts).join(" ")}`.toLowerCase().includes(typed.toLowerCase()));
  const remove = async (reply: Canned) => {
    try {
      await desk.api.delete(`/replies/${encodeURIComponent(reply.id)}`);
      reload();
      const { id: _, ...content } = reply;
      desk.toast(w.done.replyRemoved(reply.title), { label: w.undo, run: () => void desk.api.post("/replies", content).then(reload, (error: unknown) => desk.complain(error)) });
    } catch (error) {
      desk.complain(error);
    }
  };
  return (
    <Sheet title={w.rooms["replies"] ?? ""} lead={w.repliesLead} acts={<button type="button" class="button is-main" onClick={() => setEdited("new")}><Icon name="plus" size={16} />{w.newReply}</button>}>
      {problem ? <Problem problem={problem} again={reload} /> : !data ? <Loading /> : null}
      {data && data.items.length > 0 && <input type="search" class="wide-input" aria-label={w.search} placeholder={w.search} value={typed} onInput={(event) => setTyped(event.currentTarget.value)} />}
      {data?.items.length === 0 && <Empty icon="quote" title={w.noCanned}>{w.noCannedLead}</Empty>}
      {data && data.items.length > 0 && items?.length === 0 && <Empty icon="search" title={w.nothingFound} />}
      <ul class="cards">
        {items?.map((reply) => (
          <li key={reply.id} class="sheet-card reply-card">
            <div class="row">
              <kbd>/{reply.shortcut}</kbd>
              <h2 class="grow">{reply.title}</h2>
              {Object.keys(reply.texts).map((each) => <span key={each} class="chip">{each}</span>)}
              <button type="button" class="icon-button" aria-label={w.editThis(reply.title)} onClick={() => setEdited(reply)}><Icon name="pen" size={16} /></button>
              <button type="button" class="icon-button" aria-label={w.removeThis(reply.title)} onClick={() => void remove(reply)}><Icon name="trash" size={16} /></button>
            </div>
            <p class="reply-text">{reply.texts[language] ?? Object.values(reply.texts)[0]}</p>
          </li>
        ))}
      </ul>
      {edited && <ReplyDialog reply={edited === "new" ? null : edited} onClose={() => setEdited(null)} onDone={reload} />}
    </Sheet>
  );
}

function ReplyDialog({ reply, onClose, onDone }: { reply: Canned | null; onClose: () => void; onDone: () => void }) {
  const desk = useDesk();
  const { w } = useWords();
  const [shortcut, setShortcut] = useState(reply?.shortcut ?? "");
  const [title, setTitle] = useState(reply?.title ?? "");
  const [texts, setTexts] = useState<Record<string, string>>(reply?.texts ?? {});
  const [problem, setProblem] = useState("");
  const submit = async (event: Event) => {
    event.preventDefault();
    const written = Object.fromEntries(Object.entries(texts).filter(([, text]) => text.trim()));
    if (!shortcut.trim() || !title.trim() || !Object.keys(written).length) return setProblem(w.replyEmpty);
    const body = { shortcut: shortcut.trim().replace(/^\//, ""), title: title.trim(), texts: written };
    try {
      if (reply) await desk.api.put(`/replies/${encodeURIComponent(reply.id)}`, body);
      else await desk.api.post("/replies", body);
      desk.toast(w.done.saved);
      onDone();
      onClose();
    } catch (error) {
      setProblem(error instanceof Refused ? (error.code === "taken" ? w.shortcutTaken : error.message) : w.unreachable);
    }
  };
  return (
    <Dialog title={reply ? w.editReply : w.newReply} onClose={onClose} wide>
      <form class="form-grid" onSubmit={(event) => void submit(event)}>
        <div class="two">
          <Field label={w.shortcut} hint={w.shortcutHint}>{(ids) => <input {...ids} maxLength={40} pattern="\S+" value={shortcut} onInput={(event) => setShortcut(event.currentTarget.value)} />}</Field>
          <Field label={w.title}>{(ids) => <input {...ids} maxLength={120} value={title} onInput={(event) => setTitle(event.currentTarget.value)} />}</Field>
        </div>
        <p class="quiet">{w.variablesAre} {VARIABLES.map((name) => <code key={name}>{`{${name}}`}</code>)}</p>
        {(["ko", "en"] as const).map((each) => (
          <Field key={each} label={each === "ko" ? "한국어" : "English"}>
            {(ids) => <textarea {...ids} lang={each} rows={4} maxLength={4000} value={texts[each] ?? ""} onInput={(event) => setTexts({ ...texts, [each]: event.currentTarget.value })} />}
          </Field>
        ))}
        {problem && <p class="failed" role="alert">{problem}</p>}
        <div class="dialog-acts">
          <button type="button" class="button" onClick={onClose}>{w.cancel}</button>
          <button type="submit" class="button is-main">{w.save}</button>
        </div>
      </form>
    </Dialog>
  );
}
