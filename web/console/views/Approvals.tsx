import { useEffect, useState } from "preact/hooks";
import { Icon } from "../../shared/icons";
import { moment } from "../../shared/wording";
import { useDesk, useLoaded, useSession, useWords } from "../context";
import { inboxPlace } from "../places";
import { useStore } from "../store";
import type { Approval } from "../types";
import type { Words } from "../words/words";
import { toolTitles } from "../words/tools";
import { Avatar, Empty, Loading, Problem, Sheet } from "./ui";

/** What waits for a yes: one press answers it. */
export function Approvals() {
  const desk = useDesk();
  const { approvals } = useStore(desk);
  const { w } = useWords();
  const [state, setState] = useState<"waiting" | "answered">("waiting");
  const answered = useLoaded<{ items: Approval[] }>(state === "answered" ? "/approvals?state=answered" : null);
  const [problem, setProblem] = useState<unknown>(null);
  const load = () => void desk.loadApprovals().then(() => setProblem(null), setProblem);
  useEffect(load, []);
  const items = state === "waiting" ? approvals : answered.data?.items;
  const wrong = state === "waiting" ? problem : answered.problem;
  return (
    <Sheet title={w.rooms["approvals"] ?? ""} lead={w.approvalsLead}>
      <div class="segmented" role="group" aria-label={w.show}>
        {(["waiting", "answered"] as const).map((each) => (
          <button key={each} type="button" aria-pressed={state === each} onClick={() => setState(each)}>{w.approvalStates[each]}</button>
        ))}
      </div>
      {wrong ? <Problem problem={wrong} again={state === "waiting" ? load : answered.reload} /> : !items ? <Loading /> : null}
      {items?.length === 0 && <Empty icon="shield" title={state === "waiting" ? w.noApprovals : w.noAnswered} />}
      <ul class="cards">
        {items?.map((approval) => <ApprovalCard key={approval.id} approval={approval} />)}
      </ul>
    </Sheet>
  );
}

/** Why an approved act was not done after all; empty where it was, or nothing is known yet. */
function notDone({ result }: Approval, w: Words): string {
  return result && result.outcome !== "done" ? w.a.notCarriedOut(w.a.codes[result.code ?? ""] ?? result.code ?? "") : "";
}

function ApprovalCard({ approval }: { approval: Approval }) {
  const desk = useDesk();
  const { staff, may } = useSession();
  const { w, language } = useWords();
  const [refusing, setRefusing] = useState(false);
  const [why, setWhy] = useState("");
  const [busy, setBusy] = useState(false);
  const own = approval.asked_by?.id === staff.id;
  const title = toolTitles[language][approval.tool] ?? approval.title;
  const answer = async (approve: boolean) => {
    if (busy) return;
    setBusy(true);
    try {
      const told = await desk.api.post<Approval>(`/approvals/${encodeURIComponent(approval.id)}`, { approve, ...(why.trim() ? { why: why.trim() } : {}) });
      const undone = notDone(told, w);
      desk.learn(told);
      desk.toast(undone || (approve ? w.done.approve(title) : w.done.refuse(title)), undefined, undone !== "");
    } catch (error) {
      desk.complain(error);
      void desk.lookUp(approval.id).catch(() => undefined);
    } finally {
      setBusy(false);
    }
  };
  const facts = Object.entries(approval.args).filter(([, value]) => typeof value !== "object" && value !== "");
  const person = approval.customer?.name || w.visitor(approval.conversation.slice(-4));
  return (
    <li class={`sheet-card approval is-${approval.state}`}>
      <div class="approval-head">
        <Avatar name={approval.asked_by?.name ?? ""} size={32} />
        <div>
          <h2>{title}{approval.amount && <strong class="money">{approval.amount.display}</strong>}</h2>
          <p class="quiet asked">
            <span>{w.askedBy(approval.asked_by?.name ?? w.nobody)}</span>
            <span>{moment(approval.asked_at, language)}</span>
            <a href={inboxPlace("all", approval.conversation)}>{w.toConversation}</a>
          </p>
        </div>
      </div>
      <dl class="pairs"><div><dt>{w.a.customer}</dt><dd>{person}{approval.customer?.vip && <span class="chip is-vip">VIP</span>}</dd></div>{facts.map(([name, value]) => <div key={name}><dt>{w.fields[name] ?? name.replaceAll("_", " ")}</dt><dd>{w.values[String(value)] ?? String(value)}</dd></div>)}</dl>
      {approval.state !== "waiting" ? (
        <p class={`outcome is-${approval.state === "approved" && !notDone(approval, w) ? "done" : "refused"}`}>
          <Icon name={approval.state === "approved" && !notDone(approval, w) ? "check" : "close"} size={16} />
          {w.answeredBy(w.approvalOutcome[approval.state], approval.answered_by?.name ?? w.nobody)}
          {approval.why && ` “${approval.why}”`}
          {notDone(approval, w) && <><br />{notDone(approval, w)}</>}
        </p>
      ) : own ? (
        <p class="quiet">{w.ownRequest}</p>
      ) : !may.includes("approve") ? null : refusing ? (
        <form class="row" onSubmit={(event) => { event.preventDefault(); void answer(false); }}>
          <input class="grow" aria-label={w.whyRefused} placeholder={w.whyRefused} maxLength={1000} value={why} ref={(field) => field?.focus()} onInput={(event) => setWhy(event.currentTarget.value)} />
          <button type="submit" class="button is-bad">{w.refuse}</button>
          <button type="button" class="button" onClick={() => setRefusing(false)}>{w.cancel}</button>
        </form>
      ) : (
        <div class="row">
          <button type="button" class="button is-good" aria-disabled={busy} onClick={() => void answer(true)}>
            <Icon name="check" size={16} />
            {w.approve}
          </button>
          <button type="button" class="button" onClick={() => setRefusing(true)}>{w.refuse}</button>
        </div>
      )}
    </li>
  );
}
