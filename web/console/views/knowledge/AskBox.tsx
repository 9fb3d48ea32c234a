import { useState } from "preact/hooks";
import { Icon } from "../../../shared/icons";
import { useDesk, useWords } from "../../context";
import { Field } from "../ui";
import type { Found } from "./shapes";

/** Ask as a shopper would: which passages the assistant would answer from, or that there is none. */
export function AskBox({ language: given }: { language?: string }) {
  const desk = useDesk();
  const { w, language } = useWords();
  const [question, setQuestion] = useState("");
  const [found, setFound] = useState<Found[] | null>(null);
  const [busy, setBusy] = useState(false);
  const ask = async (event: Event) => {
    event.preventDefault();
    if (!question.trim() || busy) return;
    setBusy(true);
    try {
      const asked = /[가-힣]/.test(question) ? "ko" : (given ?? language);
      setFound((await desk.api.post<{ passages: Found[] }>("/articles/ask", { question: question.trim(), language: asked })).passages);
    } catch (error) {
      desk.complain(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <section class="sheet-card ask">
      <h2><Icon name="quote" size={18} /> {w.k.askIt}</h2>
      <form class="form-grid" onSubmit={(event) => void ask(event)}>
        <Field label={w.k.askHint}>{(ids) => <input {...ids} maxLength={300} value={question} onInput={(event) => setQuestion(event.currentTarget.value)} />}</Field>
        <div><button type="submit" class="button" aria-disabled={busy}>{w.k.ask}</button></div>
      </form>
      <div role="status">
        {found?.length === 0 && <p class="outcome is-waiting"><Icon name="info" size={16} />{w.k.noPassage}</p>}
        <ul class="passages">
          {found?.map((passage, index) => (
            <li key={index}>
              <p>{passage.text}</p>
              <p class="quiet">{passage.article ? <a href={`/console/knowledge/articles/${encodeURIComponent(passage.article)}/${given ?? language}`}>{passage.title}</a> : passage.title}</p>
            </li>
          ))}
        </ul>
      </div>
    </section>
  );
}
