import { useState } from "preact/hooks";
import { moment } from "../../../shared/wording";
import { useWords } from "../../context";
import { Dialog, Field } from "../ui";
import type { Acts } from "./acts";

/** Put aside until later; a message of the shopper brings it back at once. */
export function SnoozeDialog({ acts, onClose }: { acts: Acts; onClose: () => void }) {
  const { w, language } = useWords();
  const [own, setOwn] = useState("");
  const [problem, setProblem] = useState("");
  const put = async (until: Date) => {
    if (await acts.snooze(until)) onClose();
  };
  const choices: [string, Date][] = [
    [w.inHour, new Date(Date.now() + 3_600_000)],
    [w.inHours(3), new Date(Date.now() + 3 * 3_600_000)],
    [w.tomorrow, atNine(1)],
    [w.nextMonday, atNine((8 - new Date().getDay()) % 7 || 7)],
  ];
  return (
    <Dialog title={w.snooze} onClose={onClose}>
      <p class="quiet">{w.snoozeHint}</p>
      <ul class="choices-list">
        {choices.map(([label, until]) => (
          <li key={label}>
            <button type="button" onClick={() => void put(until)}>
              <span>{label}</span>
              <small class="quiet">{moment(until.toISOString(), language)}</small>
            </button>
          </li>
        ))}
      </ul>
      <form
        class="row"
        onSubmit={(event) => {
          event.preventDefault();
          const until = new Date(own);
          if (Number.isNaN(until.getTime()) || until.getTime() <= Date.now()) return setProblem(w.snoozePast);
          return void put(until);
        }}
      >
        <Field label={w.ownTime} error={problem || undefined}>{(ids) => <input {...ids} type="datetime-local" value={own} onInput={(event) => setOwn(event.currentTarget.value)} />}</Field>
        <button type="submit" class="button">{w.snooze}</button>
      </form>
    </Dialog>
  );
}

function atNine(days: number): Date {
  const day = new Date();
  day.setDate(day.getDate() + days);
  day.setHours(9, 0, 0, 0);
  return day;
}
