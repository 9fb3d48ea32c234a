import { useWords } from "../context";
import type { Schema } from "../types";
import { Field } from "./ui";

export type Values = Record<string, unknown>;

interface Props {
  schema: Schema;
  values: Values;
  errors: Record<string, string>;
  onChange: (values: Values) => void;
}

/** A form for what a tool takes, made from its JSON Schema. */
export function SchemaForm({ schema, values, errors, onChange }: Props) {
  const { w } = useWords();
  const names = Object.entries(schema.properties ?? {});
  return (
    <>
      {names.length === 0 && <p class="quiet">{w.noArgs}</p>}
      {names.map(([name, raw]) => {
        const part = resolved(raw, schema);
        const label = w.fields[name] ?? part.title ?? name.replaceAll("_", " ");
        const required = schema.required?.includes(name) ?? false;
        return <Part key={name} label={required ? `${label} *` : label} part={part} value={values[name]} error={errors[name]} onChange={(value) => onChange({ ...values, [name]: value })} />;
      })}
    </>
  );
}

interface PartProps {
  label: string;
  part: Schema;
  value: unknown;
  error: string | undefined;
  onChange: (value: unknown) => void;
}

function Part({ label, part, value, error, onChange }: PartProps) {
  const { w } = useWords();
  const type = typeOf(part);
  if (type === "boolean") {
    return (
      <label class="check">
        <input type="checkbox" checked={value === true} onChange={(event) => onChange(event.currentTarget.checked)} />
        <span>{label}</span>
      </label>
    );
  }
  const text = typeof value === "string" || typeof value === "number" ? String(value) : "";
  const money = isMoney(part);
  const hint = [money ? w.argHints.money : part.description, !money && (type === "array" || type === "object") ? w.argHints[isPlainList(part) ? "list" : "json"] : ""].filter(Boolean).join(" ");
  return (
    <Field label={label} hint={hint || undefined} error={error}>
      {(ids) =>
        part.enum ? (
          <select {...ids} value={text} onChange={(event) => onChange(event.currentTarget.value)}>
            <option value="">–</option>
            {part.enum.map((each) => <option key={each} value={each}>{w.values[each] ?? each.replaceAll("_", " ")}</option>)}
          </select>
        ) : money || type === "integer" || type === "number" ? (
          <input {...ids} type="number" inputMode="numeric" min={part.minimum} max={part.maximum} value={text} onInput={(event) => onChange(event.currentTarget.value)} />
        ) : type === "array" || type === "object" ? (
          <textarea {...ids} rows={3} value={text} onInput={(event) => onChange(event.currentTarget.value)} />
        ) : (
          <input {...ids} type="text" value={text} onInput={(event) => onChange(event.currentTarget.value)} />
        )
      }
    </Field>
  );
}

export function blankOf(schema: Schema, known: Record<string, string>): Values {
  return Object.fromEntries(
    Object.entries(schema.properties ?? {}).map(([name, raw]) => {
      const part = resolved(raw, schema);
      const usual = part.default ?? "";
      return [name, known[name] ?? (Array.isArray(usual) ? (usual as unknown[]).join("\n") : typeof usual === "object" ? "" : usual)];
    }),
  );
}

/** What is sent: each value in its type, what was left empty left out. */
export function shaped(schema: Schema, values: Values, currency: string): Values {
  const all: Values = {};
  for (const [name, raw] of Object.entries(schema.properties ?? {})) {
    const part = resolved(raw, schema);
    const value = values[name];
    const type = typeOf(part);
    if (value === "" || value === undefined || value === null) continue;
    if (isMoney(part)) all[name] = { amount: Number(value), currency };
    else if (type === "integer" || type === "number") all[name] = Number(value);
    else if (type === "array" && isPlainList(part)) all[name] = String(value).split("\n").map((line) => line.trim()).filter(Boolean);
    else if (type === "array" || type === "object") all[name] = parsed(String(value));
    else all[name] = value;
  }
  return all;
}

/** References followed, and of “this or nothing” the this. */
export function resolved(part: Schema, root: Schema): Schema {
  if (part.$ref) return { ...resolved(root.$defs?.[part.$ref.split("/").at(-1) ?? ""] ?? {}, root), ...(part.default === undefined ? {} : { default: part.default }) };
  const some = [...(part.anyOf ?? []), ...(part.allOf ?? [])].map((each) => resolved(each, root)).find((each) => each.type !== "null");
  return some ? { ...some, ...Object.fromEntries(Object.entries(part).filter(([name]) => name !== "anyOf" && name !== "allOf")) } : part;
}

const typeOf = (part: Schema) => (Array.isArray(part.type) ? (part.type.find((each) => each !== "null") ?? "string") : (part.type ?? "string"));
export const isMoney = (part: Schema) => part.properties?.["amount"] !== undefined && part.properties["currency"] !== undefined;
const isPlainList = (part: Schema) => typeOf(part) === "array" && !part.items?.$ref && ["string", undefined].includes(part.items?.type as string | undefined) && !part.items?.anyOf;

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text; // the server says what is wrong with it
  }
}
