/** A draft put into the shop's tone, with the way back to what was written. */
import { useState } from "preact/hooks";
import { useDesk, useWords } from "../../context";
import { draftOf } from "../../drafts";
import type { Talk } from "../../talk";
import type { Written } from "../../translating";

export interface Rewording {
  busy: boolean;
  /** What came of it, to be said beneath the field. */
  told: string;
  /** What stood there before, where something else stands there now. */
  before: string | null;
  run: () => Promise<void>;
  undo: () => void;
  forget: () => void;
}

export function useRewording(talk: Talk, language: string, text: string): Rewording {
  const desk = useDesk();
  const setText = (words: string) => desk.keepDraft(draftOf(talk.id), words);
  const { w } = useWords();
  const words = w.k.writing;
  const [busy, setBusy] = useState(false);
  const [told, setTold] = useState("");
  const [before, setBefore] = useState<string | null>(null);
  const forget = () => {
    setTold("");
    setBefore(null);
  };
  const run = async () => {
    forget();
    setBusy(true);
    try {
      const written = await desk.api.post<Written>(`${talk.path}/rewording`, { text, language: language === "en" ? "en" : "ko" });
      if ((desk.state.drafts[draftOf(talk.id)] ?? "") !== text) return; // sent, or written on: it is not theirs any more
      if (written.by && written.text !== text) {
        setBefore(text);
        setText(written.text);
      }
      setTold(written.by ? words.by(written.by) : (words.why[written.why] ?? words.failed));
    } catch (error) {
      desk.complain(error);
    } finally {
      setBusy(false);
    }
  };
  const undo = () => {
    if (before !== null) setText(before);
    forget();
  };
  return { busy, told, before, run, undo, forget };
}
