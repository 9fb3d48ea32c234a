import { useState } from "preact/hooks";
import type { ReturnBlock } from "../../../shared/blocks";
import { Refused } from "../../../shared/refused";
import { BlockView } from "../../../shared/views/BlockView";
import { useDesk, useLoaded, useNow, useSession, useWords } from "../../context";
import type { Talk } from "../../talk";
import { stamp } from "../../time";
import { Dialog, Field } from "../ui";

type Act = "approve" | "refuse" | "receive" | "settle";

interface StaffReturn {
  name: string;
  asked_at: string;
  note: string;
  photos: number;
  may: Act[];
  view: { lines: { line: string; title: string; quantity: number }[] };
}

/** A return beside the conversation, with what may be done with it as it stands and by whom. */
export function ReturnCard({ block, talk, mine }: { block: ReturnBlock; talk: Talk; mine: boolean }) {
  const desk = useDesk();
  const { may } = useSession();
  const { w, language } = useWords();
  const now = useNow();
  const [asking, setAsking] = useState<Act | null>(null);
  const path = `/returns/${encodeURIComponent(block.return ?? "")}`;
  const { data, reload } = useLoaded<StaffReturn>(block.return ? `${path}?${block.status}` : null);
  const decides = may.includes("approve");
  // who may not decide asks for it from the conversation they have; taking goods in is everybody's
  const open = (data?.may ?? []).filter((act) => decides || act === "receive" || (mine && act !== "settle"));
  const done = (act: Act, approval: boolean) => {
    desk.toast(approval ? w.approvalAsked : (w.a.returnDone[act] ?? ""));
    setAsking(null);
    reload();
    void talk.loadSidebar();
  };
  const [busy, setBusy] = useState(false);
  const run = async (act: Act, body: object = {}) => {
    if (busy) return;
    setBusy(true);
    try {
      await send(act, body);
    } finally {
      setBusy(false);
    }
  };
  const send = async (act: Act, body: object) => {
    if (decides || act === "receive") {
      await desk.api.post(`${path}/${act}`, body);
      return done(act, false);
    }
    const args = { number: block.return, approve: act === "approve", why: "why" in body ? body.why : "" };
    const answer = await desk.api.post<{ outcome: string; code?: string | null }>(`${talk.path}/actions`, { id: crypto.randomUUID(), tool: "decide_return", args });
    if (answer.outcome !== "done" && answer.outcome !== "waiting") throw new Refused(409, w.actRefused(w.a.codes[answer.code ?? ""] ?? answer.code ?? ""), [], "");
    return done(act, answer.outcome === "waiting");
  };
  return (
    <div class="return-card">
      <BlockView block={block} chosen={null} live={false} />
      {data && (
        <p class="quiet">
          {w.a.returnWaits(data.name, stamp(data.asked_at, now, language))}
          {data.photos > 0 && ` · ${w.a.returnPhotos(data.photos)}`}
        </p>
      )}
      {data?.note && <p class="return-note">{data.note}</p>}
      {open.length > 0 && (
        <div class="row">
          {open.map((act) => (
            <button key={act} type="button" class={`small ${act === "refuse" ? "" : "is-good"}`} aria-disabled={busy} onClick={() => (act === "refuse" || act === "receive" ? setAsking(act) : void run(act).catch((error) => desk.complain(error)))}>
              {w.a.returnActs[act]}
            </button>
          ))}
        </div>
      )}
      {asking && data && <AskDialog act={asking} lines={data.view.lines} onClose={() => setAsking(null)} run={(body) => run(asking, body)} />}
    </div>
  );
}

/** Why not; or what came, and what of it can be sold again. */
function AskDialog({ act, lines, onClose, run }: { act: Act; lines: StaffReturn["view"]["lines"]; onClose: () => void; run: (body: object) => Promise<void> }) {
  const { w } = useWords();
  const [why, setWhy] = useState("");
  const [came, setCame] = useState(() => lines.map((line) => ({ line: line.line, quantity: line.quantity, sellable: line.quantity })));
  const [problem, setProblem] = useState("");
  const submit = async (event: Event) => {
    event.preventDefault();
    if (act === "refuse" && !why.trim()) return setProblem(w.a.whyMissing);
    try {
      await run(act === "refuse" ? { why: why.trim() } : { lines: came });
    } catch (error) {
      setProblem(error instanceof Refused ? error.message : w.unreachable);
    }
    return undefined;
  };
  const set = (index: number, part: { quantity?: number; sellable?: number }) => setCame(came.map((each, at) => (at === index ? { ...each, ...part } : each)));
  return (
    <Dialog title={w.a.returnActs[act] ?? ""} onClose={onClose}>
      <form class="form-grid" onSubmit={(event) => void submit(event)}>
        {act === "refuse" ? (
          <Field label={w.a.refuseWhy}>{(ids) => <textarea {...ids} rows={3} maxLength={500} value={why} onInput={(event) => setWhy(event.currentTarget.value)} />}</Field>
        ) : (
          lines.map((line, index) => (
            <div key={line.line} class="two">
              <Field label={w.a.arrivedOf(line.title)}>{(ids) => <input {...ids} type="number" min={0} max={line.quantity} value={came[index]?.quantity} onInput={(event) => set(index, { quantity: Number(event.currentTarget.value), sellable: Math.min(came[index]?.sellable ?? 0, Number(event.currentTarget.value)) })} />}</Field>
              <Field label={w.a.sellable(line.title)}>{(ids) => <input {...ids} type="number" min={0} max={came[index]?.quantity} value={came[index]?.sellable} onInput={(event) => set(index, { sellable: Number(event.currentTarget.value) })} />}</Field>
            </div>
          ))
        )}
        {problem && <p class="failed" role="alert">{problem}</p>}
        <div class="dialog-acts">
          <button type="button" class="button" onClick={onClose}>{w.cancel}</button>
          <button type="submit" class={`button ${act === "refuse" ? "is-bad" : "is-main"}`}>{w.a.returnActs[act]}</button>
        </div>
      </form>
    </Dialog>
  );
}
