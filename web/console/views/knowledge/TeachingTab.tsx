import { useState } from "preact/hooks";
import { Icon } from "../../../shared/icons";
import { useDesk, useLoaded, useWords } from "../../context";
import { inboxPlace } from "../../places";
import { Empty, Loading, Problem } from "../ui";
import type { Alike, Intents, Lesson } from "./shapes";

/** Messages that were misread or not understood: said what they mean, they teach the assistant once approved. */
export function TeachingTab() {
  const desk = useDesk();
  const { w } = useWords();
  const messages = useLoaded<{ items: Alike[] }>("/learning/messages?limit=60");
  const intents = useLoaded<Intents>("/learning/intents");
  const lessons = useLoaded<{ items: Lesson[] }>("/learning/lessons");
  const names = [...(intents.data?.own.map((each) => each.name) ?? []), ...(intents.data?.known ?? [])];
  const reload = () => {
    messages.reload();
    lessons.reload();
  };
  const decide = async (lesson: Lesson, approve: boolean) => {
    try {
      await desk.api.post(`/learning/lessons/${lesson.id}/decision`, { approve });
      desk.toast(approve ? w.k.taught : w.k.rejected, { label: w.undo, run: () => void desk.api.delete(`/learning/lessons/${lesson.id}`).then(reload, (error: unknown) => desk.complain(error)) });
      reload();
    } catch (error) {
      desk.complain(error);
    }
  };
  return (
    <>
      {lessons.data && lessons.data.items.length > 0 && (
        <>
          <h2 class="group-head">{w.k.toApprove} <span class="quiet">{lessons.data.items.length}</span></h2>
          <ul class="rows">
            {lessons.data.items.map((lesson) => (
              <li key={lesson.id} class="row">
                <span class="grow"><strong>{lesson.text}</strong><small class="quiet">{lesson.verdict === "teach" ? lesson.intents.map((name) => w.k.intents[name] ?? name).join(", ") : w.k.verdicts[lesson.verdict]}</small></span>
                <button type="button" class="button is-good" onClick={() => void decide(lesson, true)}>{w.approve}</button>
                <button type="button" class="button" onClick={() => void decide(lesson, false)}>{w.refuse}</button>
              </li>
            ))}
          </ul>
        </>
      )}
      <h2 class="group-head">{w.k.toLabel}</h2>
      {messages.problem ? <Problem problem={messages.problem} again={messages.reload} /> : !messages.data ? <Loading /> : null}
      {messages.data?.items.length === 0 && <Empty icon="check" title={w.k.noMisread}>{w.k.noMisreadLead}</Empty>}
      <ul class="cards">
        {messages.data?.items.map((alike) => <Group key={`${alike.messages[0]?.conversation_id}:${alike.messages[0]?.seq}`} alike={alike} names={names} onDone={reload} />)}
      </ul>
    </>
  );
}

function Group({ alike, names, onDone }: { alike: Alike; names: string[]; onDone: () => void }) {
  const desk = useDesk();
  const { w } = useWords();
  const first = alike.messages[0];
  const [intent, setIntent] = useState("");
  if (!first) return null;
  const teach = async (verdict: Lesson["verdict"]) => {
    try {
      const made = await desk.api.post<Lesson>("/learning/lessons", { message: { conversation_id: first.conversation_id, seq: first.seq }, verdict, ...(verdict === "teach" ? { intents: [intent] } : {}) });
      desk.toast(w.k.noted, { label: w.undo, run: () => void desk.api.delete(`/learning/lessons/${made.id}`).then(onDone, (error: unknown) => desk.complain(error)) });
      onDone();
    } catch (error) {
      desk.complain(error);
    }
  };
  const read = first.intents[0];
  const others = [...new Set(alike.messages.map((message) => message.text))].filter((text) => text !== alike.text).slice(0, 4);
  return (
    <li class="sheet-card">
      <h2>{alike.text} <span class="chip">{first.language}</span>{alike.count > 1 && <span class="chip is-on">{w.k.times(alike.count)}</span>}</h2>
      <p class="quiet">
        {Object.keys(alike.signals).map((signal) => w.k.signals[signal] ?? signal).join(", ")}
        {read && ` · ${w.k.readAs(w.k.intents[read[0]] ?? read[0].replaceAll("_", " "), Math.round(read[1] * 100))}`}
        {" · "}
        <a href={inboxPlace("all", first.conversation_id)}>{w.toConversation}</a>
      </p>
      {others.length > 0 && <ul class="plain-list quiet">{others.map((text) => <li key={text}>{text}</li>)}</ul>}
      <div class="row">
        <label>
          <span class="unseen">{w.k.means}</span>
          <select value={intent} onChange={(event) => setIntent(event.currentTarget.value)}>
            <option value="">{w.k.means}</option>
            {names.map((name) => <option key={name} value={name}>{w.k.intents[name] ?? name.replaceAll("_", " ")}</option>)}
          </select>
        </label>
        <button type="button" class="button is-main" disabled={!intent} onClick={() => void teach("teach")}>{w.k.teach}</button>
        <button type="button" class="button" onClick={() => void teach("right")}><Icon name="check" size={16} />{w.k.wasRight}</button>
        <button type="button" class="button" onClick={() => void teach("ignore")}>{w.k.ignore}</button>
      </div>
    </li>
  );
}
