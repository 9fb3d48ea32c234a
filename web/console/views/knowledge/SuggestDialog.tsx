import { useState } from "preact/hooks";
import { Refused } from "../../../shared/refused";
import { useDesk, useLoaded, useWords } from "../../context";
import { Dialog, Field } from "../ui";
import type { ArticleLine, SuggestedAnswer } from "./shapes";

interface Props {
  question: string;
  language: string;
  gaps?: number[];
  answer?: string;
  /** A suggestion that waits, to be put in better words. */
  suggested?: SuggestedAnswer;
  onClose: () => void;
  onDone: () => void;
}

/** A question and its answer: a new article, or a section at the end of one. */
export function SuggestDialog({ question: asked, language, gaps = [], answer: given = "", suggested, onClose, onDone }: Props) {
  const desk = useDesk();
  const { w } = useWords();
  const articles = useLoaded<{ items: ArticleLine[] }>("/articles");
  const [question, setQuestion] = useState(asked);
  const [title, setTitle] = useState(suggested?.title ?? "");
  const [answer, setAnswer] = useState(given);
  const [article, setArticle] = useState(suggested?.changes ? (suggested.article ?? "") : "");
  const [problem, setProblem] = useState("");
  const submit = async (event: Event) => {
    event.preventDefault();
    if (!question.trim() || !answer.trim()) return setProblem(w.k.answerEmpty);
    try {
      if (suggested) {
        await desk.api.put(`/learning/answers/${suggested.id}`, {
          question: question.trim(), answer: answer.trim(), title: title.trim() || question.trim().slice(0, 120), ...(article ? { article, changes: true } : { changes: false }),
        });
      }
      else {
        await desk.api.post("/learning/answers", {
          question: question.trim(), answer: answer.trim(), language, gaps, ...(title.trim() ? { title: title.trim() } : {}), ...(article ? { article, changes: true } : {}),
        });
      }
      onDone();
      onClose();
    } catch (error) {
      setProblem(error instanceof Refused ? (w.advice[error.code] ?? error.message) : w.unreachable);
    }
  };
  return (
    <Dialog title={suggested ? w.k.reword : w.k.answerIt} onClose={onClose} wide>
      <form class="form-grid" onSubmit={(event) => void submit(event)}>
        <Field label={w.k.question}>{(ids) => <input {...ids} lang={language} maxLength={500} value={question} onInput={(event) => setQuestion(event.currentTarget.value)} />}</Field>
        <Field label={w.k.answer} hint={w.k.answerHint}>{(ids) => <textarea {...ids} lang={language} rows={6} value={answer} onInput={(event) => setAnswer(event.currentTarget.value)} />}</Field>
        <Field label={w.k.goesTo}>
          {(ids) => (
            <select {...ids} value={article} onChange={(event) => setArticle(event.currentTarget.value)}>
              <option value="">{w.k.newArticle}</option>
              {articles.data?.items.filter((line) => line.language === language).map((line) => <option key={line.slug} value={line.slug}>{w.k.endOf(line.title)}</option>)}
            </select>
          )}
        </Field>
        {!article && <Field label={w.title} hint={w.k.titleHint}>{(ids) => <input {...ids} lang={language} maxLength={120} value={title} onInput={(event) => setTitle(event.currentTarget.value)} />}</Field>}
        {problem && <p class="failed" role="alert">{problem}</p>}
        <div class="dialog-acts">
          <button type="button" class="button" onClick={onClose}>{w.cancel}</button>
          <button type="submit" class="button is-main">{suggested ? w.save : w.k.suggestIt}</button>
        </div>
      </form>
    </Dialog>
  );
}
