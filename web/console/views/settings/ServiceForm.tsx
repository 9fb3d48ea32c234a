import { useState } from "preact/hooks";
import { useWords } from "../../context";
import { Field } from "../ui";
import type { DeskSettings } from "./shapes";

/** How conversations are given out, how soon they should be answered, which teams there are. */
export function ServiceForm({ settings, onSave }: { settings: DeskSettings; onSave: (part: Partial<DeskSettings>) => void }) {
  const { w } = useWords();
  const [assign, setAssign] = useState(settings.assign);
  const [within, setWithin] = useState(String(settings.answer_within));
  const [teams, setTeams] = useState(settings.teams.join(", "));
  const [limits, setLimits] = useState<Record<string, string>>(() => Object.fromEntries(Object.entries(settings.limits).map(([role, limit]) => [role, String(Number(limit))])));
  return (
    <form
      class="sheet-card form-grid"
      onSubmit={(event) => {
        event.preventDefault();
        onSave({ ...(assign ? { assign } : {}), answer_within: Number(within), teams: teams.split(",").map((team) => team.trim()).filter(Boolean), limits: Object.fromEntries(Object.entries(limits).filter(([, limit]) => limit.trim() !== "")) });
      }}
    >
      {assign && (
        <Field label={w.s.assign} hint={w.s.assignHints[assign]}>
          {(ids) => (
            <select {...ids} value={assign} onChange={(event) => setAssign(event.currentTarget.value as NonNullable<DeskSettings["assign"]>)}>
              <option value="automatic">{w.s.automatic}</option>
              <option value="by_hand">{w.s.byHand}</option>
            </select>
          )}
        </Field>
      )}
      <Field label={w.s.answerWithin} hint={w.s.answerWithinHint}>{(ids) => <input {...ids} type="number" min={1} max={1440} required value={within} onInput={(event) => setWithin(event.currentTarget.value)} />}</Field>
      <Field label={w.teams} hint={w.commas}>{(ids) => <input {...ids} value={teams} onInput={(event) => setTeams(event.currentTarget.value)} />}</Field>
      <fieldset class="limits">
        <legend>{w.a.roleLimits}</legend>
        <p class="quiet">{w.a.roleLimitsHint}</p>
        <div class="three">
          {(["agent", "manager", "owner"] as const).map((role) => (
            <Field key={role} label={w.roles[role] ?? role}>{(ids) => <input {...ids} type="number" min={0} step="any" value={limits[role] ?? ""} onInput={(event) => setLimits({ ...limits, [role]: event.currentTarget.value })} />}</Field>
          ))}
        </div>
      </fieldset>
      <div><button type="submit" class="button is-main">{w.save}</button></div>
    </form>
  );
}
