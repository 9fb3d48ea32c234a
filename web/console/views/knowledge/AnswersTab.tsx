import { useState } from "preact/hooks";
import { Icon } from "../../../shared/icons";
import { moment } from "../../../shared/wording";
import { useDesk, useLoaded, useWords } from "../../context";
import { inboxPlace } from "../../places";
import { useStore } from "../../store";
import { Empty, Loading, Problem } from "../ui";
import { SuggestDialog } from "./SuggestDialog";
import type { SuggestedAnswer } from "./shapes";

/** What staff answered, and suggestions that wait for a yes; approved, the next shopper gets the answer. */
export function AnswersTab() {
  const desk = useDesk();
  const { w } = useWords();
  const waiting = useLoaded<{ items: SuggestedAnswer[] }>("/learning/answers?state=proposed");
  const done = useLoaded<{ items: SuggestedAnswer[] }>("/learning/answers?state=approved");
  const reload = () => {
    waiting.reload();
    done.reload();
  };
  const decide = async (answer: SuggestedAnswer, approve: boolean) => {
    try {
      await desk.api.post(`/learning/answers/${answer.id}/decision`, { approve });
      desk.toast(approve ? w.k.approved : w.k.rejected, { label: w.undo, run: () => void desk.api.delete(`/learning/answers/${answer.id}`).then(reload, (error: unknown) => desk.complain(error)) });
      reload();
    } catch (error) {
      desk.complain(error);
    }
  };
  return (
    <>
      {waiting.problem ? <Problem problem={waiting.problem} again={waiting.reload} /> : !waiting.data ? <Loading /> : null}
      <h2 class="group-head">{w.k.toApprove} <span class="quiet">{waiting.data?.items.length ?? ""}</span></h2>
      {waiting.data?.items.length === 0 && <Empty icon="quote" title={w.k.noneToApprove}>{w.k.noneToApproveLead}</Empty>}
      <ul class="cards">
        {waiting.data?.items.map((answer) => <Suggestion key={answer.id} answer={answer} onDecide={(approve) => void decide(answer, approve)} onReworded={reload} />)}
      </ul>
      {done.data && done.data.items.length > 0 && (
        <details class="folded-list">
          <summary>{w.k.inArticles} ({done.data.items.length})</summary>
          <ul class="rows">
            {done.data.items.map((answer) => (
              <li key={answer.id} class="row">
                <span class="grow"><strong>{answer.question}</strong><small class="quiet">{answer.title}</small></span>
                {answer.article && <a class="small" href={`/console/knowledge/articles/${encodeURIComponent(answer.article)}/${answer.language}`}>{w.k.toArticle}</a>}
                <button type="button" class="small" onClick={() => void desk.api.delete(`/learning/answers/${answer.id}`).then(reload, (error: unknown) => desk.complain(error))}>{w.k.takeBack}</button>
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

function Suggestion({ answer, onDecide, onReworded }: { answer: SuggestedAnswer; onDecide: (approve: boolean) => void; onReworded: () => void }) {
  const desk = useDesk();
  const { people } = useStore(desk);
  const { w, language } = useWords();
  const [editing, setEditing] = useState(false);
  return (
    <li class="sheet-card">
      <h2>{answer.question} <span class="chip">{answer.language}</span></h2>
      <p class="reply-text">{answer.answer}</p>
      <p class="quiet">{[people.find((person) => person.id === answer.author)?.name ?? answer.author, moment(answer.created_at, language), answer.changes && answer.article ? w.k.endOf(answer.article) : w.k.asArticle(answer.title)].join(" · ")}{answer.conversation && <> · <a href={inboxPlace("all", answer.conversation)}>{w.toConversation}</a></>}</p>
      <div class="row">
        <button type="button" class="button is-good" onClick={() => onDecide(true)}><Icon name="check" size={16} />{w.approve}</button>
        <button type="button" class="button" onClick={() => setEditing(true)}>{w.k.reword}</button>
        <button type="button" class="button" onClick={() => onDecide(false)}>{w.refuse}</button>
      </div>
      {editing && <SuggestDialog question={answer.question} language={answer.language} answer={answer.answer} suggested={answer} onClose={() => setEditing(false)} onDone={onReworded} />}
    </li>
  );
}
