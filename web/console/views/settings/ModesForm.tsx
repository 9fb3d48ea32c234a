import { useState } from "preact/hooks";
import { Icon } from "../../../shared/icons";
import { useWords } from "../../context";
import { Empty, Field } from "../ui";
import type { Mode } from "./shapes";
import { hoursText } from "./shapes";

/** Who answers first, by channel and hour; the first line that fits counts, else both answer together. */
export function ModesForm({ modes, onSave }: { modes: Mode[]; onSave: (modes: Mode[]) => void }) {
  const { w } = useWords();
  const [channel, setChannel] = useState("*");
  const [who, setWho] = useState<Mode["who"]>("person");
  const [days, setDays] = useState("");
  const [from, setFrom] = useState("09:00");
  const [to, setTo] = useState("18:00");
  const add = (event: Event) => {
    event.preventDefault();
    onSave([...modes, { channel, who, hours: days ? { [days]: `${from}-${to}` } : {} }]);
  };
  return (
    <>
      {modes.length === 0 && <Empty icon="people" title={w.s.noModes}>{w.s.noModesLead}</Empty>}
      <ol class="rows">
        {modes.map((mode, index) => (
          <li key={index} class="row">
            <span class="grow">
              <strong>{w.s.who[mode.who]}</strong>
              <small class="quiet">{mode.channel === "*" ? w.s.everyChannel : (w.channels[mode.channel] ?? mode.channel)} · {hoursText(mode.hours) || w.s.always}</small>
            </span>
            <button type="button" class="icon-button" aria-label={w.removeThis(w.s.who[mode.who])} onClick={() => onSave(modes.toSpliced(index, 1))}><Icon name="trash" size={16} /></button>
          </li>
        ))}
      </ol>
      <form class="sheet-card form-grid" onSubmit={add}>
        <h2>{w.s.newMode}</h2>
        <div class="two">
          <Field label={w.s.whoFirst}>
            {(ids) => (
              <select {...ids} value={who} onChange={(event) => setWho(event.currentTarget.value as Mode["who"])}>
                {(["assistant", "person", "mixed"] as const).map((each) => <option key={each} value={each}>{w.s.who[each]}</option>)}
              </select>
            )}
          </Field>
          <Field label={w.channel}>
            {(ids) => (
              <select {...ids} value={channel} onChange={(event) => setChannel(event.currentTarget.value)}>
                <option value="*">{w.s.everyChannel}</option>
                {Object.entries(w.channels).map(([name, label]) => <option key={name} value={name}>{label}</option>)}
              </select>
            )}
          </Field>
          <Field label={w.s.when}>
            {(ids) => (
              <select {...ids} value={days} onChange={(event) => setDays(event.currentTarget.value)}>
                <option value="">{w.s.always}</option>
                {["daily", "mon-fri", "sat-sun"].map((each) => <option key={each} value={each}>{w.s.dayGroups[each]}</option>)}
              </select>
            )}
          </Field>
          {days && (
            <div class="row">
              <Field label={w.from}>{(ids) => <input {...ids} type="time" required value={from} onInput={(event) => setFrom(event.currentTarget.value)} />}</Field>
              <Field label={w.to}>{(ids) => <input {...ids} type="time" required value={to} onInput={(event) => setTo(event.currentTarget.value)} />}</Field>
            </div>
          )}
        </div>
        <div><button type="submit" class="button">{w.s.add}</button></div>
      </form>
    </>
  );
}
