import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { useLoaded, useWords } from "../../context";
import { Field, Loading, Problem } from "../ui";
import { useSaving } from "./saving";
import { UndoBar } from "./UndoBar";
import type { OutreachPolicy, OutreachSettings } from "./shapes";

const LIMITS = { late_from: [1, 100], care_days: [1, 60], letters_a_week: [1, 7], late_points: [0, 1_000_000] } as const;
type Figure = keyof typeof LIMITS;

/** What the shop says without being asked: late warnings, care tips, offers, and how often it advertises. */
export function OutreachTab() {
  const { data, problem, reload, set } = useLoaded<OutreachSettings>("/settings/outreach");
  if (problem) return <Problem problem={problem} again={reload} />;
  if (!data) return <Loading />;
  return (
    <>
      <UndoBar<OutreachPolicy> part="outreach" of={data} onUndone={(settings) => set({ ...data, settings })} />
      <OutreachForm key={JSON.stringify(data.settings)} known={data} onSaved={set} />
    </>
  );
}

const percent = (share: number | string | null) => (share === null ? "" : String(Number((Number(share) * 100).toFixed(2))));

function OutreachForm({ known, onSaved }: { known: OutreachSettings; onSaved: (settings: OutreachSettings) => void }) {
  const { w, language } = useWords();
  const { settings, usual } = known;
  const [warns, setWarns] = useState(settings.late_from !== null);
  const [tips, setTips] = useState(settings.care_days !== null);
  const [offers, setOffers] = useState(settings.offers);
  const [figures, setFigures] = useState<Record<Figure, string>>({
    late_from: percent(settings.late_from ?? usual.late_from),
    late_points: String(settings.late_points),
    care_days: String(settings.care_days ?? usual.care_days ?? ""),
    letters_a_week: String(settings.letters_a_week),
  });
  const saving = useSaving<OutreachPolicy, OutreachSettings>("/settings/outreach", settings, onSaved);
  const { errors } = saving;
  const asked: Figure[] = [...(warns ? (["late_from", "late_points"] as const) : []), ...(tips ? (["care_days"] as const) : []), "letters_a_week"];
  const save = () => {
    const wrong = Object.fromEntries(asked.filter((name) => !fits(name, figures[name])).map((name) => [name, w.o.between(...LIMITS[name].map((each) => each.toLocaleString(language)) as [string, string])]));
    const wanted: OutreachPolicy = {
      late_from: warns ? Number((Number(figures.late_from) / 100).toFixed(4)) : null,
      late_points: warns ? Number(figures.late_points) : settings.late_points,
      care_days: tips ? Number(figures.care_days) : null,
      letters_a_week: Number(figures.letters_a_week),
      offers,
    };
    return saving.save(wanted, wrong);
  };
  const figure = (name: Figure, label: string, hint: string) => (
    <Field label={label} hint={hint} error={errors[name]}>
      {(ids) => <input {...ids} type="number" inputMode="numeric" min={LIMITS[name][0]} max={LIMITS[name][1]} value={figures[name]} onInput={(event) => setFigures({ ...figures, [name]: event.currentTarget.value })} />}
    </Field>
  );
  const onOff = (on: boolean) => (on ? w.o.usuallyOn : w.o.usuallyOff);
  return (
    <form
      class="sheet-card form-grid"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <Part title={w.o.warns} told={w.o.warnsTold} usual={onOff(usual.late_from !== null)} on={warns} onChange={setWarns}>
        <div class="two">
          {figure("late_from", w.o.lateFrom, w.o.lateFromHint(percent(usual.late_from)))}
          {figure("late_points", w.o.latePoints, known.gives_points ? w.o.latePointsHint(String(usual.late_points)) : w.o.noPoints)}
        </div>
      </Part>
      <Part title={w.o.sendsTips} told={w.o.tipsTold} usual={onOff(usual.care_days !== null)} on={tips} onChange={setTips}>
        {figure("care_days", w.o.careDays, w.o.careDaysHint(String(usual.care_days)))}
      </Part>
      <Part title={w.o.offers} told={w.o.offersTold} usual={onOff(usual.offers)} on={offers} onChange={setOffers} />
      {figure("letters_a_week", w.o.letters, w.o.lettersHint(String(usual.letters_a_week)))}
      <p class="quiet">{w.o.consentTold}</p>
      {errors["form"] && <p class="failed" role="alert">{errors["form"]}</p>}
      <div><button type="submit" class="button is-main">{w.save}</button></div>
    </form>
  );
}

interface PartProps {
  title: string;
  told: string;
  usual: string;
  on: boolean;
  onChange: (on: boolean) => void;
  children?: ComponentChildren;
}

/** Something the shop does or does not, and how where it does. */
function Part({ title, told, usual, on, onChange, children }: PartProps) {
  return (
    <fieldset class="outreach-part">
      <label class="check">
        <input type="checkbox" checked={on} onChange={(event) => onChange(event.currentTarget.checked)} />
        <strong>{title}</strong>
      </label>
      <small class="quiet">{told} {usual}</small>
      {on && children}
    </fieldset>
  );
}

/** Whole, and within what can be set; empty is neither. */
function fits(name: Figure, written: string): boolean {
  const [low, high] = LIMITS[name];
  const value = Number(written);
  return written.trim() !== "" && (name === "late_from" ? Number.isFinite(value) : Number.isInteger(value)) && value >= low && value <= high;
}
