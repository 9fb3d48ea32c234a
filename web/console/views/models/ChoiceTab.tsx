import { useState } from "preact/hooks";
import { Icon } from "../../../shared/icons";
import { Refused } from "../../../shared/refused";
import { useDesk, useLoaded, useWords } from "../../context";
import { Field, Loading, Problem } from "../ui";
import type { Choice, ModelsView } from "./shapes";
import { JOBS } from "./shapes";
import { TrialTable } from "./TrialTable";
import { Unpriced } from "./Unpriced";

const TAKEN_OVER_MS = 1_000;

/** Which model does which job: as it stands, another choice, and a button that says what works. */
export function ChoiceTab() {
  const desk = useDesk();
  const { w, language } = useWords();
  const { data, problem, reload } = useLoaded<ModelsView>("/models");
  const [wrong, setWrong] = useState("");
  const change = async (act: () => Promise<unknown>) => {
    setWrong("");
    try {
      await act();
      desk.toast(w.done.saved);
      setTimeout(reload, TAKEN_OVER_MS);
    } catch (error) {
      setWrong(error instanceof Refused ? error.message : w.unreachable);
    }
  };
  if (problem) return <Problem problem={problem} again={reload} />;
  if (!data) return <Loading />;
  const amount = (value: number) => value.toLocaleString(language, { maximumFractionDigits: 4 });
  return (
    <>
      <section class="sheet-card" aria-label={w.m.tabs["choice"]}>
        <p>{w.m.source[data.source]}</p>
        {data.jobs.length > 0 && (
          <dl class="pairs">
            {data.jobs.map((each) => (
              <div key={each.job}>
                <dt>{w.m.jobs[each.job]}</dt>
                <dd>{each.model} <span class="chip">{each.outside ? w.m.outside : w.m.inside}</span></dd>
              </div>
            ))}
          </dl>
        )}
        <p class="quiet">{w.m.today(amount(data.tokens_today), amount(data.dollars_today), data.limits["day_cost"] == null ? "" : amount(Number(data.limits["day_cost"])))} · {w.m.audit(data.audit_days)}</p>
        <Unpriced view={data} />
        {data.jobs.some((each) => each.outside) && <p class="quiet">{w.m.outsideHint}</p>}
        {data.jobs.length > 0 && <TrialTable key={JSON.stringify(data.jobs)} />}
      </section>
      {wrong && <p class="failed" role="alert">{wrong}</p>}
      <ChoiceForm
        key={JSON.stringify(data.choice)}
        view={data}
        onUse={(choice, key) => void change(() => desk.api.put("/models", { choice, key }))}
      />
      {data.source === "console" && <button type="button" class="button" onClick={() => void change(() => desk.api.delete("/models", {}))}><Icon name="back" size={16} />{w.m.back}</button>}
    </>
  );
}

function ChoiceForm({ view, onUse }: { view: ModelsView; onUse: (choice: Choice, key: string | null) => void }) {
  const { w } = useWords();
  const [draft, setDraft] = useState(view.choice);
  const [key, setKey] = useState("");
  const set = (name: keyof Choice, value: string) => setDraft({ ...draft, [name]: value.trim() });
  const vendors = view.vendors.map((each) => each.name).join(", ");
  return (
    <form
      class="sheet-card form-grid"
      onSubmit={(event) => {
        event.preventDefault();
        onUse(draft, key || null);
      }}
    >
      <Field label={w.m.model} hint={w.m.modelHint(vendors)}>{(ids) => <input {...ids} maxLength={300} placeholder="openai:gpt-5-mini" value={draft.model} onInput={(event) => set("model", event.currentTarget.value)} />}</Field>
      <details>
        <summary>{w.m.perJob}</summary>
        <div class="two">
          {JOBS.map((job) => <Field key={job} label={w.m.jobs[job] ?? job}>{(ids) => <input {...ids} maxLength={300} placeholder={w.m.same} value={draft[job]} onInput={(event) => set(job, event.currentTarget.value)} />}</Field>)}
        </div>
      </details>
      <div class="two">
        <Field label={w.m.key} hint={view.has_key ? w.m.keyKept : ""}>{(ids) => <input {...ids} type="password" autocomplete="off" maxLength={2000} value={key} onInput={(event) => setKey(event.currentTarget.value)} />}</Field>
        <Field label={w.m.url} hint={w.m.urlHint}>{(ids) => <input {...ids} maxLength={300} value={draft.url} onInput={(event) => set("url", event.currentTarget.value)} />}</Field>
        <Field label={w.m.price} hint={w.m.priceHint}>{(ids) => <input {...ids} maxLength={40} value={draft.price} onInput={(event) => set("price", event.currentTarget.value)} />}</Field>
      </div>
      <div><button type="submit" class="button is-main">{w.m.use}</button></div>
    </form>
  );
}
