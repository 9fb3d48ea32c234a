import { useState } from "preact/hooks";
import { Icon } from "../../../shared/icons";
import { useDesk, useLoaded, useNow, useWords } from "../../context";
import { stamp } from "../../time";
import type { Gap } from "../../types";
import { Empty, Loading, Problem } from "../ui";
import { SuggestDialog } from "./SuggestDialog";

/** Questions nobody has written an answer to, those asked most first. */
export function GapsTab() {
  const desk = useDesk();
  const { w, language } = useWords();
  const now = useNow();
  const { data, problem, reload } = useLoaded<{ items: Gap[] }>("/learning/gaps?limit=200");
  const [answered, setAnswered] = useState<Gap | null>(null);
  const most = Math.max(1, ...(data?.items.map((gap) => gap.count) ?? []));
  const settle = async (gap: Gap, wanted: boolean) => {
    try {
      await desk.api.put(`/learning/gaps/${gap.id}`, { wanted });
      reload();
      if (!wanted) desk.toast(w.k.gapSetAside, { label: w.undo, run: () => void settle(gap, true) });
    } catch (error) {
      desk.complain(error);
    }
  };
  return (
    <>
      {problem ? <Problem problem={problem} again={reload} /> : !data ? <Loading /> : null}
      {data?.items.length === 0 && <Empty icon="check" title={w.k.noGaps}>{w.k.noGapsLead}</Empty>}
      <ol class="rows is-gaps">
        {data?.items.map((gap) => (
          <li key={gap.id} class="row">
            <span class="gap-count" style={`--share: ${gap.count / most}`}>{w.k.times(gap.count)}</span>
            <span class="grow">
              <strong>{gap.question}</strong>
              <small class="quiet">{[w.k.kinds[gap.kind] ?? gap.kind, gap.language, gap.product, w.k.lastAsked(stamp(gap.last_asked, now, language))].filter(Boolean).join(" · ")}</small>
            </span>
            <button type="button" class="icon-button" aria-label={w.k.setAside(gap.question)} title={w.k.setAside(gap.question)} onClick={() => void settle(gap, false)}><Icon name="close" size={16} /></button>
            <button type="button" class="button" onClick={() => setAnswered(gap)}>{w.k.answerIt}</button>
          </li>
        ))}
      </ol>
      {answered && <SuggestDialog question={answered.question} language={answered.language} gaps={[answered.id]} onClose={() => setAnswered(null)} onDone={() => { reload(); desk.toast(w.k.suggested); }} />}
    </>
  );
}
