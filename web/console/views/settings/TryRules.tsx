import { useState } from "preact/hooks";
import { Icon } from "../../../shared/icons";
import { useDesk, useWords } from "../../context";
import { Field } from "../ui";
import type { Rule, TriedMessage } from "./shapes";

/** Messages tried on the rules as they stand: which of them calls a person, and how each was read. */
export function TryRules({ rules }: { rules: Rule[] }) {
  const desk = useDesk();
  const { w, language } = useWords();
  const [said, setSaid] = useState("");
  const [amount, setAmount] = useState("");
  const [misses, setMisses] = useState("");
  const [vip, setVip] = useState(false);
  const [failed, setFailed] = useState(false);
  const [tried, setTried] = useState<TriedMessage[] | null>(null);
  const [problem, setProblem] = useState("");
  const run = async (event: Event) => {
    event.preventDefault();
    const lines = said.split("\n").map((line) => line.trim()).filter(Boolean).slice(0, 10);
    setTried(null);
    if (!lines.length) return setProblem(w.s.tryEmpty);
    setProblem("");
    try {
      const asked = { said: lines, language, amount: amount || null, misses: Number(misses || 0), vip, tool_failed: failed, rules };
      setTried((await desk.api.post<{ items: TriedMessage[] }>("/settings/rules/try", asked)).items);
    } catch (error) {
      desk.complain(error);
    }
    return undefined;
  };
  const last = tried?.at(-1);
  return (
    <form class="sheet-card form-grid try-rules" onSubmit={(event) => void run(event)}>
      <h2>{w.s.tryIt}</h2>
      <p class="quiet">{w.s.tryLead}</p>
      <Field label={w.s.trySaid} error={problem || undefined}>{(ids) => <textarea {...ids} rows={3} value={said} onInput={(event) => setSaid(event.currentTarget.value)} />}</Field>
      <div class="two">
        <Field label={w.s.tryAmount}>{(ids) => <input {...ids} type="number" min={0} step="any" value={amount} onInput={(event) => setAmount(event.currentTarget.value)} />}</Field>
        <Field label={w.s.misses}>{(ids) => <input {...ids} type="number" min={0} max={20} value={misses} onInput={(event) => setMisses(event.currentTarget.value)} />}</Field>
      </div>
      <label class="check"><input type="checkbox" checked={vip} onChange={(event) => setVip(event.currentTarget.checked)} /><span>{w.s.vip}</span></label>
      <label class="check"><input type="checkbox" checked={failed} onChange={(event) => setFailed(event.currentTarget.checked)} /><span>{w.s.toolFailed}</span></label>
      <div><button type="submit" class="button">{w.s.tryRun}</button></div>
      {tried && last && (
        <div class="tried-rules" role="status">
          <ol class="rows">
            {tried.map((each, index) => (
              <li key={index}>
                <strong>{each.text}</strong>
                <small class="quiet">
                  {w.s.tryMeans(each.intents.map((name) => w.k.intents[name] ?? name.replaceAll("_", " ")).join(", ") || "–")}
                  {each.moods.length > 0 && ` · ${w.s.tryMoods(each.moods.map((mood) => w.sentiments[mood as "upset" | "angry"] ?? mood).join(", "))}`}
                </small>
              </li>
            ))}
          </ol>
          <p class={`outcome ${last.rule === null ? "" : "is-waiting"}`}>
            <Icon name={last.rule === null ? "spark" : "hand"} size={18} />
            {last.rule === null ? w.s.tryGoesOn : w.s.tryCalls(`${last.rule + 1}. ${w.reasons[last.reason ?? ""] ?? last.reason ?? ""}`)}
          </p>
        </div>
      )}
    </form>
  );
}
