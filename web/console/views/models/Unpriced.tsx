import { useWords } from "../../context";
import type { ModelsView } from "./shapes";

/** That no limit in money holds a model whose price nobody knows, and what holds it then. */
export function Unpriced({ view }: { view: ModelsView }) {
  const { w } = useWords();
  const named = [...new Set(view.jobs.filter((each) => !each.priced).map((each) => each.model))];
  if (named.length === 0) return null;
  return (
    <p class="notice" role="alert">
      {w.m.unpriced(named.join(", "))} {view.limits["day_tokens"] == null ? w.m.unpricedNoTokens : w.m.unpricedTokens}
    </p>
  );
}
