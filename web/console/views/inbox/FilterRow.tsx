import { useDesk, useSession, useWords } from "../../context";
import type { Filters } from "../../inbox";
import { NO_FILTERS } from "../../inbox";
import { useStore } from "../../store";

/** What the list is narrowed to. */
export function FilterRow({ filters, onChange }: { filters: Filters; onChange: (part: Partial<Filters>) => void }) {
  const desk = useDesk();
  const { people } = useStore(desk);
  const { items } = useStore(desk.inbox);
  const { may } = useSession();
  const { w } = useWords();
  const seen = (pick: (thread: NonNullable<typeof items>[number]) => string[], chosen: string) => [...new Set([...(items ?? []).flatMap(pick), chosen].filter(Boolean))].sort();
  const teams = [...new Set(people.flatMap((person) => person.teams))].sort();
  const chosen = Object.entries(filters).some(([name, value]) => name !== "view" && name !== "q" && value);
  const select = (name: keyof Filters, label: string, options: [string, string][]) => (
    <label>
      <span class="unseen">{label}</span>
      <select value={filters[name]} class={filters[name] ? "is-on" : ""} onChange={(event) => onChange({ [name]: event.currentTarget.value })}>
        <option value="">{label}</option>
        {options.map(([value, text]) => <option key={value} value={value}>{text}</option>)}
      </select>
    </label>
  );
  return (
    <div class="filter-row">
      {select("label", w.label, seen((thread) => thread.labels, filters.label).map((each) => [each, each]))}
      {select("priority", w.priority, (["urgent", "high", "normal", "low"] as const).map((each) => [each, w.priorities[each]]))}
      {select("channel", w.channel, seen((thread) => [thread.channel], filters.channel).map((each) => [each, w.channels[each] ?? each]))}
      {select("language", w.language, [["ko", "한국어"], ["en", "English"]])}
      {teams.length > 0 && select("team", w.team, teams.map((each) => [each, each]))}
      {may.includes("see_all") && select("owner", w.owner, people.filter((person) => person.role !== "editor").map((person) => [person.id, person.name]))}
      {chosen && <button type="button" class="small" onClick={() => onChange({ ...NO_FILTERS, q: filters.q })}>{w.clearFilters}</button>}
    </div>
  );
}
