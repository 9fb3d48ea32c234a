import { useState } from "preact/hooks";
import { Refused } from "../../../shared/refused";
import { useDesk, useSession, useWords } from "../../context";
import type { Role, Staff } from "../../types";
import { Dialog, Field } from "../ui";

const ROLES: Role[] = ["agent", "editor", "manager", "owner"];

/** A new colleague, or what changes for one. */
export function PersonDialog({ person, onClose, onDone }: { person: Staff | null; onClose: () => void; onDone: () => void }) {
  const desk = useDesk();
  const { staff } = useSession();
  const { w } = useWords();
  const [values, setValues] = useState({
    name: person?.name ?? "",
    email: person?.email ?? "",
    role: person?.role ?? ("agent" as Role),
    password: "",
    languages: (person?.languages ?? ["ko"]).join(", "),
    skills: (person?.skills ?? []).join(", "),
    teams: (person?.teams ?? []).join(", "),
    capacity: String(person?.capacity ?? 6),
    limit: person?.refund_limit ? String(person.refund_limit.amount) : "",
  });
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [problem, setProblem] = useState("");
  const set = (part: Partial<typeof values>) => setValues({ ...values, ...part });
  const submit = async (event: Event) => {
    event.preventDefault();
    setErrors({});
    setProblem("");
    const list = (text: string) => text.split(",").map((each) => each.trim()).filter(Boolean);
    const body = {
      name: values.name.trim(), email: values.email.trim(), role: values.role, languages: list(values.languages), skills: list(values.skills), teams: list(values.teams),
      capacity: Number(values.capacity), refund_limit: values.limit.trim() ? Number(values.limit) : null,
    };
    try {
      if (person) {
        await desk.api.patch(`/people/${encodeURIComponent(person.id)}`, body);
        if (values.password) await desk.api.post(`/people/${encodeURIComponent(person.id)}/password`, { password: values.password });
      } else await desk.api.post("/people", { ...body, password: values.password });
      desk.toast(w.done.saved);
      onDone();
      onClose();
    } catch (error) {
      if (!(error instanceof Refused)) return setProblem(w.unreachable);
      setErrors(Object.fromEntries(error.errors.map((each) => [(each.field ?? "").replace(/^body\./, ""), each.detail ?? ""])));
      setProblem(w.advice[error.code] ?? error.message);
    }
  };
  const text = (name: "name" | "email" | "languages" | "skills" | "teams", label: string, hint?: string) => (
    <Field label={label} hint={hint} error={errors[name]}>{(ids) => <input {...ids} value={values[name]} autocomplete="off" onInput={(event) => set({ [name]: event.currentTarget.value })} />}</Field>
  );
  return (
    <Dialog title={person ? w.editThis(person.name) : w.newPerson} onClose={onClose} wide>
      <form class="form-grid" noValidate onSubmit={(event) => void submit(event)}>
        <div class="two">{text("name", w.name)}{text("email", w.email)}</div>
        <div class="two">
          <Field label={w.role} hint={w.roleHints[values.role]} error={errors["role"]}>
            {(ids) => (
              <select {...ids} value={values.role} onChange={(event) => set({ role: event.currentTarget.value as Role })}>
                {ROLES.filter((role) => role !== "owner" || staff.role === "owner").map((role) => <option key={role} value={role}>{w.roles[role]}</option>)}
              </select>
            )}
          </Field>
          <Field label={person ? w.newPassword : w.password} hint={person ? w.newPasswordHint : w.passwordHint} error={errors["password"]}>
            {(ids) => <input {...ids} type="password" autocomplete="new-password" value={values.password} onInput={(event) => set({ password: event.currentTarget.value })} />}
          </Field>
        </div>
        <div class="two">{text("languages", w.languages, w.languagesHint)}{text("skills", w.skills, w.commas)}</div>
        <div class="two">
          {text("teams", w.teams, w.commas)}
          <Field label={w.capacity} hint={w.capacityHint} error={errors["capacity"]}>{(ids) => <input {...ids} type="number" min={0} max={200} value={values.capacity} onInput={(event) => set({ capacity: event.currentTarget.value })} />}</Field>
        </div>
        <Field label={w.refundLimit} hint={w.refundLimitHint} error={errors["refund_limit"]}>{(ids) => <input {...ids} type="number" min={0} value={values.limit} onInput={(event) => set({ limit: event.currentTarget.value })} />}</Field>
        {problem && <p class="failed" role="alert">{problem}</p>}
        <div class="dialog-acts">
          <button type="button" class="button" onClick={onClose}>{w.cancel}</button>
          <button type="submit" class="button is-main">{w.save}</button>
        </div>
      </form>
    </Dialog>
  );
}
