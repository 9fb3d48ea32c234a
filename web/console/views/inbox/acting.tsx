/** An act of staff on its way: done once however often it is pressed, waiting for another's yes, or refused and why. */
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { Icon } from "../../../shared/icons";
import { Refused } from "../../../shared/refused";
import { useDesk, useWords } from "../../context";
import type { Talk } from "../../talk";
import type { Acted } from "../../types";

export interface Acting {
  busy: boolean;
  /** What came of it, once it is done or waits for another's yes. */
  over: Acted | null;
  problem: string;
  /** What is wrong with which field. */
  errors: Record<string, string>;
  say: (problem: string) => void;
  act: (tool: string, args: unknown) => Promise<void>;
}

export function useActing(talk: Talk): Acting {
  const desk = useDesk();
  const { w } = useWords();
  const [key, setKey] = useState(() => crypto.randomUUID());
  const [busy, setBusy] = useState(false);
  const [over, setOver] = useState<Acted | null>(null);
  const [problem, setProblem] = useState("");
  const [errors, setErrors] = useState<Record<string, string>>({});
  const act = async (tool: string, args: unknown) => {
    if (busy) return;
    setBusy(true);
    setProblem("");
    setErrors({});
    try {
      const answer = await desk.api.post<Acted>(`${talk.path}/actions`, { id: key, tool, args });
      if (answer.outcome === "done" || answer.outcome === "waiting") setOver(answer);
      else {
        setKey(crypto.randomUUID()); // mended, it is another act
        setProblem(w.actRefused(w.a.codes[answer.code ?? ""] ?? answer.code ?? ""));
      }
      void talk.loadSidebar();
    } catch (error) {
      if (!(error instanceof Refused)) return setProblem(w.unreachable); // the same key again does it once
      setKey(crypto.randomUUID());
      setErrors(Object.fromEntries(error.errors.map((each) => [(each.field ?? "").replace(/^(body\.)?args\./, ""), each.detail ?? each.message ?? ""])));
      setProblem(w.advice[error.code] ?? error.message);
    } finally {
      setBusy(false);
    }
    return undefined;
  };
  return { busy, over, problem, errors, say: setProblem, act };
}

/** The end of an act: what was done, or that another is asked. */
export function Over({ over, done, onClose, children }: { over: Acted; done: string; onClose: () => void; children?: ComponentChildren }) {
  const { w } = useWords();
  return (
    <div class="form-grid">
      <p class={`outcome is-${over.outcome}`} role="status">
        <Icon name={over.outcome === "done" ? "check" : "clock"} size={18} />
        {over.outcome === "done" ? done : w.approvalAsked}
      </p>
      {over.outcome === "done" && children}
      <div class="dialog-acts"><button type="button" class="button is-main" data-first onClick={onClose}>{w.close}</button></div>
    </div>
  );
}
