import { useState } from "preact/hooks";
import { useWords } from "../../context";
import type { Day, Hours } from "./shapes";
import { DAYS, hoursOn } from "./shapes";

/** When somebody is at the desk, day by day; with nothing set, the shop's own hours stand. */
export function HoursForm({ hours, onSave }: { hours: Hours; onSave: (hours: Hours) => void }) {
  const { w } = useWords();
  const [own, setOwn] = useState(Object.keys(hours).length > 0);
  const [days, setDays] = useState(() => Object.fromEntries(DAYS.map((day) => [day, hoursOn(hours, day) ?? (Object.keys(hours).length ? null : (["09:00", "18:00"] as [string, string]))])) as Record<Day, [string, string] | null>);
  const set = (day: Day, span: [string, string] | null) => setDays({ ...days, [day]: span });
  return (
    <form
      class="sheet-card form-grid"
      onSubmit={(event) => {
        event.preventDefault();
        onSave(own ? Object.fromEntries(DAYS.map((day) => [day, days[day] ? days[day].join("-") : "closed"])) : {});
      }}
    >
      <label class="check">
        <input type="checkbox" checked={!own} onChange={(event) => setOwn(!event.currentTarget.checked)} />
        <span>{w.s.shopHours}</span>
      </label>
      {own && (
        <ul class="days">
          {DAYS.map((day) => (
            <li key={day}>
              <label class="check">
                <input type="checkbox" checked={days[day] !== null} onChange={(event) => set(day, event.currentTarget.checked ? ["09:00", "18:00"] : null)} />
                <span>{w.s.days[day]}</span>
              </label>
              {days[day] ? (
                <span class="row">
                  <input type="time" aria-label={`${w.s.days[day]} ${w.from}`} value={days[day][0]} onChange={(event) => set(day, [event.currentTarget.value, days[day]?.[1] ?? "18:00"])} />
                  –
                  <input type="time" aria-label={`${w.s.days[day]} ${w.to}`} value={days[day][1]} onChange={(event) => set(day, [days[day]?.[0] ?? "09:00", event.currentTarget.value])} />
                </span>
              ) : (
                <span class="quiet">{w.s.closedDay}</span>
              )}
            </li>
          ))}
        </ul>
      )}
      <div><button type="submit" class="button is-main">{w.save}</button></div>
    </form>
  );
}
