import { useEffect, useRef, useState } from "preact/hooks";
import { Icon } from "../../../shared/icons";
import { go } from "../../../shared/router";
import { useDesk, useNow, useWords } from "../../context";
import type { Filters } from "../../inbox";
import { NO_FILTERS } from "../../inbox";
import { useKeys } from "../../keys";
import { inboxPlace } from "../../places";
import { useStore } from "../../store";
import type { View } from "../../types";
import { Empty, Loading, Problem } from "../ui";
import { takeNext } from "./acts";
import { FilterRow } from "./FilterRow";
import { ThreadRow } from "./ThreadRow";

const TYPED_MS = 250;

interface Props {
  view: View;
  open: string | null;
  filters: Filters;
  search: string;
}

/** The conversations of a view, with search and filters; more of them as one scrolls. */
export function ThreadList({ view, open, filters, search }: Props) {
  const desk = useDesk();
  const { items, next, loading, problem, counts } = useStore(desk.inbox);
  const { w } = useWords();
  const now = useNow();
  const [typed, setTyped] = useState(filters.q);
  const [taking, setTaking] = useState(false);
  const filtered = (Object.keys(NO_FILTERS) as (keyof typeof NO_FILTERS)[]).filter((name) => name !== "q" && filters[name]).length;
  const [showFilters, setShowFilters] = useState(filtered > 0);
  const asked = useRef(filters.q); // by what is typed here: more may be typed before the list shows it
  const field = useRef<HTMLInputElement>(null);
  const end = useRef<HTMLDivElement>(null);

  const narrow = (part: Partial<Filters>) => {
    const wanted = Object.entries({ ...filters, ...part }).filter(([name, value]) => name !== "view" && value) as [string, string][];
    const query = new URLSearchParams(wanted).toString();
    go(inboxPlace(view, open, query ? `?${query}` : ""), true);
  };
  useEffect(() => {
    if (filters.q !== asked.current) setTyped(filters.q);
    asked.current = filters.q;
  }, [filters.q, view]);
  useEffect(() => {
    if (typed === filters.q) return undefined;
    const timer = setTimeout(() => {
      asked.current = typed;
      narrow({ q: typed });
    }, TYPED_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  useEffect(() => {
    const at = end.current;
    if (!at || !next) return undefined;
    const seen = new IntersectionObserver((entries) => entries.some((entry) => entry.isIntersecting) && void desk.inbox.more(), { rootMargin: "400px" });
    seen.observe(at);
    return () => seen.disconnect();
  }, [next]);
  const takeOne = async () => {
    if (taking) return;
    setTaking(true);
    await takeNext(desk, w);
    setTaking(false);
  };
  useKeys({ "/": () => field.current?.focus(), f: () => setShowFilters(!showFilters), w: () => void takeOne() });

  const narrowed = filters.q !== "" || filtered > 0;
  return (
    <section class="threads" aria-label={w.views[view]}>
      <header class="threads-head">
        <h1>
          {w.views[view]} {counts && <span class="quiet">{counts[view]}</span>}
        </h1>
        {counts !== null && counts.unassigned > 0 && (
          <button type="button" class="button is-main take-next" title="w" aria-disabled={taking} onClick={() => void takeOne()}>
            <Icon name="hand" size={16} />
            {w.a.takeNext}
          </button>
        )}
        <div class="search">
          <Icon name="search" size={16} />
          <input
            ref={field}
            type="search"
            aria-label={w.search}
            placeholder={w.searchHint}
            value={typed}
            onInput={(event) => setTyped(event.currentTarget.value)}
            onKeyDown={(event) => event.key === "Escape" && (event.preventDefault(), setTyped(""), event.currentTarget.blur())}
          />
          <button type="button" class={`icon-button ${filtered ? "is-on" : ""}`} aria-expanded={showFilters} aria-label={filtered ? w.filtersOn(filtered) : w.filters} title={w.filters} onClick={() => setShowFilters(!showFilters)}>
            <Icon name="filter" size={18} />
          </button>
        </div>
        {showFilters && <FilterRow filters={filters} onChange={narrow} />}
      </header>
      <div class="threads-list" aria-busy={loading}>
        {problem && <Problem problem={null} again={() => desk.inbox.reload()} />}
        {!items && !problem && <Loading />}
        {items?.length === 0 && (
          <Empty icon={narrowed ? "search" : view === "unassigned" || view === "waiting" ? "check" : "inbox"} title={narrowed ? w.nothingFound : w.emptyViews[view]}>
            {narrowed && (
              <button type="button" class="small" onClick={() => { setTyped(""); narrow({ ...NO_FILTERS }); }}>{w.clearFilters}</button>
            )}
          </Empty>
        )}
        {items && items.length > 0 && (
          <ul>
            {items.map((thread) => (
              <ThreadRow key={thread.id} thread={thread} href={inboxPlace(view, thread.id, search ? `?${search}` : "")} open={thread.id === open} view={view} now={now} />
            ))}
          </ul>
        )}
        <div ref={end} class="threads-end">{next && loading && <Loading />}</div>
      </div>
    </section>
  );
}
