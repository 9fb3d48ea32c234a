import { useState } from "preact/hooks";
import { Icon } from "../../../shared/icons";
import { useDesk, useLoaded, useWords } from "../../context";
import { inboxPlace } from "../../places";
import { Empty, Loading, Problem, Tiles } from "../ui";
import type { AgreementLine, AgreementNotice, Intents, ToJudge } from "./shapes";

const LANGUAGES: Record<string, string> = { ko: "한국어", en: "English" };

/** Readings of yesterday, drawn by chance: who agrees or disagrees with them tells how well the assistant understands. */
export function SampleTab() {
  const desk = useDesk();
  const { w } = useWords();
  const sample = useLoaded<{ items: ToJudge[] }>("/learning/sample");
  const figures = useLoaded<{ items: AgreementLine[] }>("/learning/agreement");
  const notices = useLoaded<{ items: AgreementNotice[] }>("/learning/notices");
  const intents = useLoaded<Intents>("/learning/intents");
  const names = [...(intents.data?.own.map((each) => each.name) ?? []), ...(intents.data?.known ?? [])];
  const reload = () => {
    sample.reload();
    figures.reload();
  };
  const judge = async (one: ToJudge, agreed: boolean, right: string[]) => {
    const path = `/learning/sample/${encodeURIComponent(one.conversation_id)}/${one.seq}`;
    try {
      await desk.api.put(path, { agreed, intents: right });
      desk.toast(w.k.judged, { label: w.undo, run: () => void desk.api.delete(path).then(reload, (error: unknown) => desk.complain(error)) });
      reload();
    } catch (error) {
      desk.complain(error);
    }
  };
  const seen = (notice: AgreementNotice) => void desk.api.post(`/learning/notices/${notice.id}/seen`).then(notices.reload, (error: unknown) => desk.complain(error));
  const totals = figures.data?.items.filter((line) => line.intent === "" && line.judged > 0) ?? [];
  return (
    <>
      {notices.data?.items.filter((notice) => notice.seen_by === null).map((notice) => (
        <p key={notice.id} class="notice" role="alert">
          <Icon name="chart" size={16} />
          <span class="grow">{w.k.dropped7(LANGUAGES[notice.language] ?? notice.language, percent(notice.agreed, notice.judged), percent(notice.agreed_before, notice.judged_before))}</span>
          <button type="button" class="small" onClick={() => seen(notice)}>{w.k.noticeSeen}</button>
        </p>
      ))}
      {totals.length > 0 && (
        <Tiles tiles={totals.map((line) => [`${w.k.agreement} · ${LANGUAGES[line.language] ?? line.language}`, percent(line.agreed, line.judged), `${line.agreed}/${line.judged}`])} />
      )}
      {sample.problem ? <Problem problem={sample.problem} again={sample.reload} /> : !sample.data ? <Loading /> : null}
      {sample.data?.items.length === 0 && <Empty icon="check" title={w.k.noSample}>{w.k.noSampleLead}</Empty>}
      <ul class="cards">
        {sample.data?.items.map((one) => <Judged key={`${one.conversation_id}:${one.seq}`} one={one} names={names} onJudge={(agreed, right) => void judge(one, agreed, right)} />)}
      </ul>
    </>
  );
}

function Judged({ one, names, onJudge }: { one: ToJudge; names: string[]; onJudge: (agreed: boolean, right: string[]) => void }) {
  const { w } = useWords();
  const [right, setRight] = useState("");
  const said = (name: string) => w.k.intents[name] ?? name.replaceAll("_", " ");
  return (
    <li class="sheet-card">
      <h2>{one.text} <span class="chip">{one.language}</span></h2>
      <p class="quiet">{w.k.readAsThis(one.intents.map(said).join(", ") || w.k.nothingRead)} · <a href={inboxPlace("all", one.conversation_id)}>{w.toConversation}</a></p>
      <div class="row">
        <button type="button" class="button is-good" onClick={() => onJudge(true, [])}><Icon name="check" size={16} />{w.k.agree}</button>
        <label>
          <span class="unseen">{w.k.means}</span>
          <select value={right} onChange={(event) => setRight(event.currentTarget.value)}>
            <option value="">{w.k.means}</option>
            {names.map((name) => <option key={name} value={name}>{said(name)}</option>)}
          </select>
        </label>
        <button type="button" class="button" onClick={() => onJudge(false, right ? [right] : [])}>{w.k.disagree}</button>
      </div>
    </li>
  );
}

const percent = (part: number, of: number) => (of ? `${Math.round((part / of) * 100)}%` : "–");
