import { useEffect, useState } from "preact/hooks";
import { Icon } from "../../../shared/icons";
import { useDesk, useSession, useWords } from "../../context";
import { useStore } from "../../store";
import type { Staff } from "../../types";
import { Avatar, Loading, Problem, Sheet } from "../ui";
import { PersonDialog } from "./PersonDialog";

/** Everybody who works here: their role, what they can do, how much they have before them. */
export function People() {
  const desk = useDesk();
  const { people } = useStore(desk);
  const { staff } = useSession();
  const { w } = useWords();
  const [edited, setEdited] = useState<Staff | "new" | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  const load = () => void desk.loadPeople().then(() => setProblem(null), setProblem);
  useEffect(load, []);
  const sorted = [...people].sort((a, b) => Number(a.disabled) - Number(b.disabled) || a.name.localeCompare(b.name));
  const mayEdit = (person: Staff) => staff.role === "owner" || person.role !== "owner";
  const setDisabled = async (person: Staff, disabled: boolean) => {
    try {
      await desk.api.patch(`/people/${encodeURIComponent(person.id)}`, { disabled });
      load();
      desk.toast(disabled ? w.done.disabled(person.name) : w.done.enabled(person.name), disabled ? { label: w.undo, run: () => void setDisabled(person, false) } : undefined);
    } catch (error) {
      desk.complain(error);
    }
  };
  return (
    <Sheet title={w.rooms["people"] ?? ""} lead={w.peopleLead} acts={<button type="button" class="button is-main" onClick={() => setEdited("new")}><Icon name="plus" size={16} />{w.newPerson}</button>}>
      {problem ? <Problem problem={problem} again={load} /> : people.length === 0 ? <Loading /> : null}
      <ul class="people">
        {sorted.map((person) => (
          <li key={person.id} class={`sheet-card person ${person.disabled ? "is-disabled" : ""}`}>
            <Avatar name={person.name} size={40} presence={person.disabled ? undefined : person.presence} />
            <div class="grow">
              <h2>{person.name} <span class="chip">{w.roles[person.role]}</span>{person.disabled && <span class="chip is-refused">{w.disabled}</span>}</h2>
              <p class="quiet">{person.email}</p>
              <p class="quiet">{[w.load(person.open, person.capacity), person.languages.join(", "), ...person.skills, ...person.teams, person.refund_limit ? w.upTo(person.refund_limit.display) : "", person.totp ? w.totpOn : ""].filter(Boolean).join(" · ")}</p>
            </div>
            {mayEdit(person) && (
              <div class="row">
                <button type="button" class="icon-button" aria-label={w.editThis(person.name)} onClick={() => setEdited(person)}><Icon name="pen" size={16} /></button>
                {person.id !== staff.id && (
                  <button type="button" class="small" onClick={() => void setDisabled(person, !person.disabled)}>{person.disabled ? w.enable : w.disable}</button>
                )}
              </div>
            )}
          </li>
        ))}
      </ul>
      {edited && <PersonDialog person={edited === "new" ? null : edited} onClose={() => setEdited(null)} onDone={load} />}
    </Sheet>
  );
}
