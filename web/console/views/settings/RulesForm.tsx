import { useState } from "preact/hooks";
import { Icon } from "../../../shared/icons";
import { useWords } from "../../context";
import type { Priority } from "../../types";
import { Dialog, Empty, Field } from "../ui";
import type { Rule } from "./shapes";

const BLANK: Rule = { reason: "", words: [], intents: [], amount_over: null, mood: null, misses: null, language: null, vip: false, tool_failed: false, priority: "normal", team: "" };

/** When a person is called, whatever the assistant thinks; the first rule that fits counts. */
export function RulesForm({ rules, onSave }: { rules: Rule[]; onSave: (rules: Rule[]) => void }) {
  const { w } = useWords();
  const [edited, setEdited] = useState<number | null>(null);
  const put = (rule: Rule) => onSave(edited === rules.length || edited === null ? [...rules, rule] : rules.with(edited, rule));
  const move = (from: number, by: number) => {
    const to = from + by;
    const [one, other] = [rules[from], rules[to]];
    if (one && other) onSave(rules.with(from, other).with(to, one));
  };
  return (
    <>
      <div class="row tools"><button type="button" class="button is-main" onClick={() => setEdited(rules.length)}><Icon name="plus" size={16} />{w.s.newRule}</button></div>
      {rules.length === 0 && <Empty icon="hand" title={w.s.noRules}>{w.s.noRulesLead}</Empty>}
      <ol class="rows is-rules">
        {rules.map((rule, index) => (
          <li key={index} class="row">
            <span class="grow">
              <strong>{w.reasons[rule.reason] ?? rule.reason}</strong>
              <small class="quiet">{conditions({ ...rule, intents: rule.intents.map((name) => w.k.intents[name] ?? name.replaceAll("_", " ")) }, w.s.conditions).join(" + ")}</small>
            </span>
            {rule.priority !== "normal" && <span class={`chip is-${rule.priority}`}>{w.priorities[rule.priority]}</span>}
            {rule.team && <span class="chip">{rule.team}</span>}
            <button type="button" class="icon-button" aria-label={w.s.earlier(rule.reason)} disabled={index === 0} onClick={() => move(index, -1)}><span class="turn"><Icon name="down" size={16} /></span></button>
            <button type="button" class="icon-button" aria-label={w.editThis(rule.reason)} onClick={() => setEdited(index)}><Icon name="pen" size={16} /></button>
            <button type="button" class="icon-button" aria-label={w.removeThis(rule.reason)} onClick={() => onSave(rules.toSpliced(index, 1))}><Icon name="trash" size={16} /></button>
          </li>
        ))}
      </ol>
      {edited !== null && <RuleDialog rule={rules[edited] ?? BLANK} onClose={() => setEdited(null)} onDone={(rule) => { put(rule); setEdited(null); }} />}
    </>
  );
}

function conditions(rule: Rule, say: Record<string, (value: string) => string>): string[] {
  const given: [string, string][] = [
    ["words", rule.words.join(", ")], ["intents", rule.intents.join(", ")], ["amount_over", rule.amount_over === null ? "" : String(rule.amount_over)], ["mood", rule.mood ?? ""],
    ["misses", rule.misses === null ? "" : String(rule.misses)], ["language", rule.language ?? ""], ["vip", rule.vip ? "1" : ""], ["tool_failed", rule.tool_failed ? "1" : ""],
  ];
  return given.filter(([, value]) => value).map(([name, value]) => say[name]?.(value) ?? value);
}

function RuleDialog({ rule, onClose, onDone }: { rule: Rule; onClose: () => void; onDone: (rule: Rule) => void }) {
  const { w } = useWords();
  const [draft, setDraft] = useState({ ...rule, words: rule.words.join(", "), intents: rule.intents.join(", "), amount_over: rule.amount_over === null ? "" : String(rule.amount_over), misses: rule.misses === null ? "" : String(rule.misses), language: rule.language ?? "" });
  const [problem, setProblem] = useState("");
  const set = (part: Partial<typeof draft>) => setDraft({ ...draft, ...part });
  const list = (text: string) => text.split(",").map((each) => each.trim()).filter(Boolean);
  const submit = (event: Event) => {
    event.preventDefault();
    const made: Rule = { ...draft, reason: draft.reason.trim(), words: list(draft.words), intents: list(draft.intents), amount_over: draft.amount_over.trim() || null, misses: draft.misses ? Number(draft.misses) : null, language: draft.language || null };
    if (!made.reason) return setProblem(w.s.reasonMissing);
    if (!conditions(made, {}).length) return setProblem(w.s.conditionMissing);
    return onDone(made);
  };
  return (
    <Dialog title={rule.reason ? w.s.editRule : w.s.newRule} onClose={onClose} wide>
      <form class="form-grid" onSubmit={submit}>
        <Field label={w.s.reason} hint={w.s.reasonHint}>{(ids) => <input {...ids} maxLength={40} value={draft.reason} onInput={(event) => set({ reason: event.currentTarget.value })} />}</Field>
        <Field label={w.s.words} hint={w.commas}>{(ids) => <textarea {...ids} rows={2} value={draft.words} onInput={(event) => set({ words: event.currentTarget.value })} />}</Field>
        <div class="two">
          <Field label={w.s.intents} hint={w.commas}>{(ids) => <input {...ids} value={draft.intents} onInput={(event) => set({ intents: event.currentTarget.value })} />}</Field>
          <Field label={w.s.amountOver}>{(ids) => <input {...ids} type="number" min={0} step="any" value={draft.amount_over} onInput={(event) => set({ amount_over: event.currentTarget.value })} />}</Field>
          <Field label={w.s.mood}>
            {(ids) => (
              <select {...ids} value={draft.mood ?? ""} onChange={(event) => set({ mood: (event.currentTarget.value || null) as Rule["mood"] })}>
                <option value="">–</option>
                <option value="upset">{w.sentiments.upset}</option>
                <option value="angry">{w.sentiments.angry}</option>
              </select>
            )}
          </Field>
          <Field label={w.s.misses}>{(ids) => <input {...ids} type="number" min={1} value={draft.misses} onInput={(event) => set({ misses: event.currentTarget.value })} />}</Field>
          <Field label={w.language}>
            {(ids) => (
              <select {...ids} value={draft.language} onChange={(event) => set({ language: event.currentTarget.value })}>
                <option value="">–</option>
                <option value="ko">한국어</option>
                <option value="en">English</option>
              </select>
            )}
          </Field>
          <Field label={w.priority}>
            {(ids) => (
              <select {...ids} value={draft.priority} onChange={(event) => set({ priority: event.currentTarget.value as Priority })}>
                {(["urgent", "high", "normal", "low"] as const).map((each) => <option key={each} value={each}>{w.priorities[each]}</option>)}
              </select>
            )}
          </Field>
          <Field label={w.team}>{(ids) => <input {...ids} maxLength={40} value={draft.team} onInput={(event) => set({ team: event.currentTarget.value })} />}</Field>
        </div>
        <label class="check"><input type="checkbox" checked={draft.vip} onChange={(event) => set({ vip: event.currentTarget.checked })} /><span>{w.s.vip}</span></label>
        <label class="check"><input type="checkbox" checked={draft.tool_failed} onChange={(event) => set({ tool_failed: event.currentTarget.checked })} /><span>{w.s.toolFailed}</span></label>
        {problem && <p class="failed" role="alert">{problem}</p>}
        <div class="dialog-acts">
          <button type="button" class="button" onClick={onClose}>{w.cancel}</button>
          <button type="submit" class="button is-main">{w.save}</button>
        </div>
      </form>
    </Dialog>
  );
}
