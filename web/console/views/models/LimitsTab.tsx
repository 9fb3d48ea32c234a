import { useState } from "preact/hooks";
import { useLoaded, useWords } from "../../context";
import { useSaving } from "../settings/saving";
import { UndoBar } from "../settings/UndoBar";
import { Field, Loading, Problem } from "../ui";
import type { Limits, ModelsView } from "./shapes";
import { Unpriced } from "./Unpriced";

const WHILES = ["turn", "conversation", "day"] as const;
const KINDS = ["steps", "tokens", "cost", "seconds"] as const;
/** Without these a turn has no end. */
const NEEDED = ["turn_steps", "turn_tokens", "turn_seconds", "first_word_seconds"];

/** What models may use up in a turn, a conversation and a day. */
export function LimitsTab() {
  const { data, problem, reload, set } = useLoaded<Limits>("/models/limits");
  const models = useLoaded<ModelsView>("/models");
  if (problem) return <Problem problem={problem} again={reload} />;
  if (!data) return <Loading />;
  return (
    <>
      {models.data && <Unpriced view={{ ...models.data, limits: data }} />}
      <UndoBar<Limits> part="limits" of={data} onUndone={set} />
      <LimitsForm key={JSON.stringify(data)} limits={data} onSaved={set} />
    </>
  );
}

function LimitsForm({ limits, onSaved }: { limits: Limits; onSaved: (limits: Limits) => void }) {
  const { w } = useWords();
  const [written, setWritten] = useState<Record<string, string>>(() => Object.fromEntries(Object.entries(limits).map(([name, value]) => [name, value === null ? "" : String(name === "alarm_at" ? Math.round(Number(value) * 100) : Number(value))])));
  const saving = useSaving<Limits, Limits>("/models/limits", limits, onSaved);
  const { errors } = saving;
  const save = () => {
    const wrong = Object.fromEntries(Object.entries(written).flatMap(([name, text]) => (text.trim() === "" ? (NEEDED.includes(name) || name === "alarm_at" ? [[name, w.m.limitNeeded]] : []) : Number(text) >= 0 ? [] : [[name, w.m.limitNumber]])));
    const wanted = Object.fromEntries(Object.entries(written).map(([name, text]) => [name, text.trim() === "" ? null : name === "alarm_at" ? Number(text) / 100 : Number(text)]));
    return saving.save(wanted, wrong);
  };
  const figure = (name: string, label: string, hint?: string) => (
    <Field key={name} label={label} hint={hint} error={errors[name]}>
      {(ids) => <input {...ids} type="number" inputMode="decimal" step="any" min={0} placeholder={NEEDED.includes(name) ? "" : w.m.noLimit} value={written[name] ?? ""} onInput={(event) => setWritten({ ...written, [name]: event.currentTarget.value })} />}
    </Field>
  );
  return (
    <form
      class="sheet-card form-grid"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      {WHILES.map((each) => (
        <fieldset key={each} class="limits">
          <legend>{w.m.whiles[each]}</legend>
          <p class="quiet">{w.m.whenOver[each]}</p>
          <div class="three">{KINDS.map((kind) => figure(`${each}_${kind}`, w.m.limitOf[kind] ?? kind))}</div>
        </fieldset>
      ))}
      <div class="two">
        {figure("first_word_seconds", w.m.patience, w.m.patienceHint)}
        {figure("alarm_at", w.m.alarm, w.m.alarmHint)}
      </div>
      {errors["form"] && <p class="failed" role="alert">{errors["form"]}</p>}
      <div><button type="submit" class="button is-main">{w.save}</button></div>
    </form>
  );
}
