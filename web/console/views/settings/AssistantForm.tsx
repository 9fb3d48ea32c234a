import { useState } from "preact/hooks";
import { Icon } from "../../../shared/icons";
import { Refused } from "../../../shared/refused";
import { useDesk, useLoaded, useWords } from "../../context";
import { Field, Loading, Problem } from "../ui";
import { UndoBar } from "./UndoBar";
import type { AssistantSettings, Spoken } from "./shapes";

const JOBS = ["find", "buy", "orders", "returns", "policies"];
const LANGUAGES: [string, string][] = [["ko", "한국어"], ["en", "English"]];

/** What the assistant may do, its name, tone and opening words, with a preview beside. */
export function AssistantTab() {
  const { data, problem, reload, set } = useLoaded<AssistantSettings>("/assistant");
  if (problem) return <Problem problem={problem} again={reload} />;
  if (!data) return <Loading />;
  return (
    <>
      <UndoBar<AssistantSettings> part="assistant" of={data} onUndone={set} />
      <AssistantForm key={JSON.stringify(data)} settings={data} onSaved={set} />
    </>
  );
}

const lines = (text: string) => text.split("\n").map((line) => line.trim()).filter(Boolean);

function AssistantForm({ settings, onSaved }: { settings: AssistantSettings; onSaved: (settings: AssistantSettings) => void }) {
  const desk = useDesk();
  const { w } = useWords();
  const [draft, setDraft] = useState(settings);
  const [banned, setBanned] = useState(settings.banned_claims.map((each) => each.words).join("\n"));
  const [instructions, setInstructions] = useState(settings.instructions.map((each) => each.text).join("\n"));
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [spoken, setSpoken] = useState<Spoken[] | null>(null);
  const change = (part: Partial<AssistantSettings>) => {
    setDraft({ ...draft, ...part });
    setSpoken(null);
  };
  const made = (): AssistantSettings => ({
    ...draft,
    // where a line holds (intents, channels) may be set in the shop file; lines that stay keep it
    banned_claims: lines(banned).map((words) => settings.banned_claims.find((each) => each.words === words) ?? { words, intents: [], channels: [] }),
    instructions: lines(instructions).map((text) => settings.instructions.find((each) => each.text === text) ?? { text, intents: [], channels: [] }),
  });
  const send = async (run: () => Promise<void>) => {
    if (!Object.values(draft.name).some((name) => name.trim())) return setErrors({ name: w.s.nameMissing });
    setErrors({});
    try {
      await run();
    } catch (error) {
      if (!(error instanceof Refused)) return setErrors({ form: w.unreachable });
      setErrors({ ...Object.fromEntries(error.errors.map((each) => [(each.field ?? "").split(".")[0] ?? "", each.detail ?? ""])), form: error.message });
    }
    return undefined;
  };
  const save = () =>
    send(async () => {
      onSaved(await desk.api.put<AssistantSettings>("/assistant", made()));
      desk.toast(w.done.saved);
    });
  const show = () => send(async () => setSpoken((await desk.api.post<{ items: Spoken[] }>("/assistant/preview", made())).items));
  const toggled = (list: string[], name: string, on: boolean) => (on ? [...list, name] : list.filter((each) => each !== name));
  return (
    <form
      class="sheet-card form-grid assistant-form"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <fieldset class="ticks">
        <legend>{w.s.jobs}</legend>
        {JOBS.map((job) => (
          <label key={job} class="check">
            <input type="checkbox" checked={draft.scope.includes(job)} onChange={(event) => change({ scope: JOBS.filter((each) => toggled(draft.scope, job, event.currentTarget.checked).includes(each)) })} />
            <span>{w.s.job[job]}</span>
          </label>
        ))}
        <small class="quiet">{draft.scope.length ? w.s.jobsHint : w.s.noJobs}</small>
      </fieldset>
      <div class="two">
        {LANGUAGES.map(([code, title]) => (
          <Field key={code} label={w.s.assistantName(title)} error={code === LANGUAGES[0]?.[0] ? errors["name"] : undefined}>
            {(ids) => <input {...ids} lang={code} maxLength={40} value={draft.name[code] ?? ""} onInput={(event) => change({ name: { ...draft.name, [code]: event.currentTarget.value } })} />}
          </Field>
        ))}
      </div>
      {LANGUAGES.map(([code, title], place) => (
        <Field key={code} label={w.s.greeting(title)} hint={place === LANGUAGES.length - 1 ? w.s.greetingHint : undefined} error={place === 0 ? errors["greeting"] : undefined}>
          {(ids) => <textarea {...ids} lang={code} rows={2} maxLength={400} value={draft.greeting[code] ?? ""} onInput={(event) => change({ greeting: { ...draft.greeting, [code]: event.currentTarget.value } })} />}
        </Field>
      ))}
      <div class="two">
        <Field label={w.s.tone}>
          {(ids) => (
            <select {...ids} value={draft.tone} onChange={(event) => change({ tone: event.currentTarget.value as AssistantSettings["tone"] })}>
              {Object.entries(w.s.tones).map(([tone, label]) => <option key={tone} value={tone}>{label}</option>)}
            </select>
          )}
        </Field>
        <fieldset class="ticks">
          <legend>{w.s.spoken}</legend>
          {LANGUAGES.map(([code, title]) => (
            <label key={code} class="check">
              <input type="checkbox" checked={draft.languages.includes(code)} onChange={(event) => change({ languages: toggled(draft.languages, code, event.currentTarget.checked) })} />
              <span lang={code}>{title}</span>
            </label>
          ))}
          {errors["languages"] && <small class="failed">{errors["languages"]}</small>}
        </fieldset>
      </div>
      <Field label={w.s.banned} hint={w.s.bannedHint} error={errors["banned_claims"]}>{(ids) => <textarea {...ids} rows={3} value={banned} onInput={(event) => setBanned(event.currentTarget.value)} />}</Field>
      <Field label={w.s.instructions} hint={w.s.instructionsHint} error={errors["instructions"]}>{(ids) => <textarea {...ids} rows={3} value={instructions} onInput={(event) => setInstructions(event.currentTarget.value)} />}</Field>
      {errors["form"] && <p class="failed" role="alert">{errors["form"]}</p>}
      {spoken && <Preview spoken={spoken} />}
      <div class="dialog-acts">
        <a class="button" href="/api/staff/settings/file" download>{w.s.file}</a>
        <button type="button" class="button" onClick={() => void show()}><Icon name="eye" size={16} />{w.s.preview}</button>
        <button type="submit" class="button is-main">{w.save}</button>
      </div>
    </form>
  );
}

function Preview({ spoken }: { spoken: Spoken[] }) {
  const { w } = useWords();
  return (
    <section class="preview" aria-label={w.s.preview} aria-live="polite">
      <p class="quiet">{w.s.previewLead}</p>
      {spoken.map((each) => (
        <div key={each.language} lang={each.language} class="preview-talk">
          <p class="bubble">{each.greeting}</p>
          <p class="preview-choices">{each.choices.map((choice) => <span key={choice} class="chip">{choice}</span>)}</p>
          <small class="quiet">{w.s.whenDeclined}</small>
          <p class="bubble">{each.declined}</p>
        </div>
      ))}
    </section>
  );
}
