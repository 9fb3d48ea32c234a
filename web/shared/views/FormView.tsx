import { useRef, useState } from "preact/hooks";
import type { FormBlock, FormField } from "../blocks";
import { useConversation, useSurface, useWords } from "./context";
import type { BlockWords } from "./words";

type Values = Record<string, string | boolean>;

/** A form the shop asks to fill in; what is wrong is said at its field before and after it is sent. */
export function FormView({ block, said }: { block: FormBlock; said: string | null }) {
  const { conversation, watching } = useSurface();
  const { pressed } = useConversation(conversation);
  const { w } = useWords();
  const [values, setValues] = useState<Values>(() => Object.fromEntries(block.fields.map((field) => [field.name, field.type === "checkbox" ? field.value === "true" : (field.value ?? "")])));
  const [errors, setErrors] = useState<Record<string, string>>(() => Object.fromEntries(block.fields.map((field) => [field.name, field.error ?? ""]).filter(([, error]) => error)) as Record<string, string>);
  const form = useRef<HTMLFormElement>(null);
  const [again, setAgain] = useState(false);
  const sent = pressed.forms.includes(block.id);
  const past = (sent || said !== null) && !again; // the talk has gone on

  if (watching) return <Asked fields={block.fields} />;
  const submit = (event: Event) => {
    event.preventDefault();
    if (past) return undefined;
    const wrong = Object.fromEntries(block.fields.map((field) => [field.name, complaint(field, values[field.name], w)]).filter(([, text]) => text));
    setErrors(wrong as Record<string, string>);
    const first = block.fields.find((field) => wrong[field.name]);
    if (first) return form.current?.querySelector<HTMLElement>(`[name="${CSS.escape(first.name)}"]`)?.focus();
    setAgain(false);
    return conversation.submit(block.id, block.form, values, w.formLabel);
  };
  return (
    <form ref={form} class="card form" noValidate onSubmit={submit}>
      {block.fields.map((field) => (
        <Field
          key={field.name}
          id={`${block.id}-${field.name}`}
          field={field}
          value={values[field.name] ?? ""}
          error={errors[field.name] ?? null}
          disabled={past}
          onChange={(value) => setValues((all) => ({ ...all, [field.name]: value }))}
        />
      ))}
      <div class="row">
        {(!past || sent) && <button type="submit" class="primary" aria-disabled={past}>{past ? w.formSent : w.submit}</button>}
        {past && <button type="button" class="plain-text" onClick={() => setAgain(true)}>{w.formEdit}</button>}
      </div>
    </form>
  );
}

/** What a form asks for, for whoever only looks on. */
function Asked({ fields }: { fields: FormField[] }) {
  const { w } = useWords();
  return (
    <ul class="card form-asked" aria-label={w.formAsked}>
      {fields.map((field) => (
        <li key={field.name}>
          {field.label}
          {field.value && field.type !== "checkbox" && <b> {field.value}</b>}
          {field.error && <small class="failed"> {field.error}</small>}
        </li>
      ))}
    </ul>
  );
}

interface FieldProps {
  id: string;
  field: FormField;
  value: string | boolean;
  error: string | null;
  disabled: boolean;
  onChange: (value: string | boolean) => void;
}

function Field({ id, field, value, error, disabled, onChange }: FieldProps) {
  const { w } = useWords();
  const common = {
    id,
    name: field.name,
    disabled,
    required: field.required ?? false,
    "aria-invalid": error !== null,
    "aria-describedby": error ? `${id}-error` : undefined,
  };
  const text = typeof value === "string" ? value : "";
  const label = (
    <>
      {field.label} <small class="quiet">{field.required ? w.required : w.optional}</small>
    </>
  );
  return (
    <div class={`field ${error ? "is-wrong" : ""}`}>
      {field.type === "checkbox" ? (
        <label class="check" for={id}>
          <input {...common} type="checkbox" checked={value === true} onChange={(event) => onChange(event.currentTarget.checked)} />
          <span>{label}</span>
        </label>
      ) : (
        <>
          <label for={id}>{label}</label>
          {field.options && field.options.length > 0 ? (
            <select {...common} value={text} onChange={(event) => onChange(event.currentTarget.value)}>
              <option value="">{w.pickOne}</option>
              {field.options.map((choice) => <option key={choice.id} value={choice.id}>{choice.label}</option>)}
            </select>
          ) : field.type === "textarea" ? (
            <textarea {...common} rows={3} value={text} onInput={(event) => onChange(event.currentTarget.value)} />
          ) : (
            <input {...common} {...inputType(field.type)} autocomplete={AUTOCOMPLETE[field.name]} value={text} onInput={(event) => onChange(event.currentTarget.value)} />
          )}
        </>
      )}
      {error && <p id={`${id}-error`} class="failed">{error}</p>}
    </div>
  );
}

const AUTOCOMPLETE: Record<string, "name" | "email" | "tel" | "street-address" | "postal-code" | undefined> = {
  name: "name",
  email: "email",
  phone: "tel",
  address: "street-address",
  postcode: "postal-code",
};

/** Preact's types tell inputs apart by a literal type; these all behave as text does. */
function inputType(type: string): { type: "text" } {
  const known: Record<string, string> = { email: "email", tel: "tel" };
  return { type: (known[type] ?? "text") as "text" };
}

function complaint(field: FormField, value: string | boolean | undefined, w: BlockWords): string {
  const empty = value === undefined || value === false || (typeof value === "string" && value.trim() === "");
  if (empty) return field.required ? w.fillIn(field.label) : "";
  return field.type === "email" && !/^\S+@\S+\.\S+$/.test(String(value)) ? w.checkEmail : "";
}
