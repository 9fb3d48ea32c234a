/** What every view of the console may use: the desk, the language, the time. */
import { createContext } from "preact";
import { useContext, useEffect, useRef, useState } from "preact/hooks";
import { language, onPreferences } from "../shared/preferences";
import type { Language } from "../shared/preferences";
import type { Desk } from "./desk";
import { useStore } from "./store";
import type { Session } from "./types";
import { words } from "./words/words";
import type { Words } from "./words/words";

export const DeskContext = createContext<Desk | null>(null);

export function useDesk(): Desk {
  const desk = useContext(DeskContext);
  if (!desk) throw new Error("a view of the console stands outside it");
  return desk;
}

/** Who is signed in, as it stands. */
export function useSession(): Session {
  const { session } = useStore(useDesk());
  if (!session) throw new Error("nobody is signed in");
  return session;
}

export function useWords(): { w: Words; language: Language } {
  const [spoken, setSpoken] = useState(language);
  useEffect(() => onPreferences(() => setSpoken(language())), []);
  return { w: words[spoken], language: spoken };
}

const TICK_MS = 20_000;

/** The time, often enough for “3 min”. */
export function useNow(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  return now;
}

export interface Loaded<T> {
  data: T | null;
  problem: unknown;
  reload: () => void;
  set: (data: T) => void;
}

/** Reads what a view shows; again when its path changes or somebody asks. */
export function useLoaded<T>(path: string | null): Loaded<T> {
  const desk = useDesk();
  const [data, setData] = useState<T | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  const [round, setRound] = useState(0);
  const asked = useRef<AbortController | null>(null);
  useEffect(() => {
    if (path === null) return undefined;
    const mine = (asked.current = new AbortController());
    desk.api
      .get<T>(path, mine.signal)
      .then((answer) => {
        if (mine.signal.aborted) return;
        setData(answer);
        setProblem(null);
      })
      .catch((error: unknown) => {
        if (!mine.signal.aborted) setProblem(error);
      });
    return () => mine.abort();
  }, [path, round]);
  const set = (known: T) => {
    asked.current?.abort(); // what is on its way was read before it
    setProblem(null);
    setData(known);
  };
  return { data, problem, reload: () => setRound((n) => n + 1), set };
}
