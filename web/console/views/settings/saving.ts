/** Settings of a form on their way to the server: what is wrong stands at its field, and a saved form can be taken back. */
import { useState } from "preact/hooks";
import { Refused } from "../../../shared/refused";
import { useDesk, useWords } from "../../context";

export interface Saving<T> {
  /** What is wrong with which field; `form` is of all. */
  errors: Record<string, string>;
  /** Sends what is wanted, unless the form itself found something wrong. */
  save: (wanted: T, wrong: Record<string, string>) => Promise<void>;
}

export function useSaving<T, Answer>(path: string, before: T, onSaved: (answer: Answer) => void): Saving<T> {
  const desk = useDesk();
  const { w } = useWords();
  const [errors, setErrors] = useState<Record<string, string>>({});
  const put = async (settings: T) => onSaved(await desk.api.put<Answer>(path, settings));
  const save = async (wanted: T, wrong: Record<string, string>) => {
    setErrors(wrong);
    if (Object.keys(wrong).length) return;
    try {
      await put(wanted);
      desk.toast(w.done.saved, { label: w.undo, run: () => void put(before).catch((error: unknown) => desk.complain(error)) });
    } catch (error) {
      if (!(error instanceof Refused)) return setErrors({ form: w.unreachable });
      setErrors({ ...Object.fromEntries(error.errors.map((each) => [each.field ?? "", each.detail ?? ""])), form: error.message });
    }
  };
  return { errors, save };
}
