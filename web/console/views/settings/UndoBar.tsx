import { useEffect } from "preact/hooks";
import { Icon } from "../../../shared/icons";
import { useDesk, useLoaded, useNow, useWords } from "../../context";
import { stamp } from "../../time";
import type { LastChange } from "./shapes";

/** Who changed these settings last, and the one step back; it is there tomorrow as well. */
export function UndoBar<T>({ part, of, onUndone }: { part: "desk" | "assistant" | "outreach" | "limits"; of: unknown; onUndone: (settings: T) => void }) {
  const desk = useDesk();
  const { w, language } = useWords();
  const now = useNow();
  const { data, reload } = useLoaded<{ last: LastChange | null }>(`/settings/${part}/change`);
  useEffect(reload, [of]);
  const undo = async () => {
    try {
      onUndone((await desk.api.post<{ settings: T }>(`/settings/${part}/undo`)).settings);
      desk.toast(w.s.takenBack);
    } catch (error) {
      desk.complain(error);
    }
  };
  const last = data?.last;
  if (!last) return null;
  return (
    <p class="row last-change">
      <Icon name="clock" size={16} />
      <span class="grow">{w.s.lastChange(last.staff?.name ?? w.system, stamp(last.at, now, language), last.changed.map((name) => w.s.part[name] ?? name).join(", "))}</span>
      <button type="button" class="small" onClick={() => void undo()}>{w.s.takeBack}</button>
    </p>
  );
}
