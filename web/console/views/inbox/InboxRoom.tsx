import { useEffect, useMemo, useState } from "preact/hooks";
import { go } from "../../../shared/router";
import { useDesk, useWords } from "../../context";
import type { Filters } from "../../inbox";
import { NO_FILTERS } from "../../inbox";
import { useKeys } from "../../keys";
import { inboxPlace, VIEWS } from "../../places";
import { useStore } from "../../store";
import type { View } from "../../types";
import { Empty } from "../ui";
import { ConversationView } from "./ConversationView";
import { ThreadList } from "./ThreadList";

const SIDE = "dangol.console.side";

/** List, conversation and customer beside each other; on a phone one of them at a time. */
export function InboxRoom({ rest, query }: { rest: string[]; query: URLSearchParams }) {
  const desk = useDesk();
  const { talk } = useStore(desk);
  const { items } = useStore(desk.inbox);
  const { w } = useWords();
  const view = VIEWS.find((each) => each === rest[0]) ?? "mine";
  const id = rest[1] ?? null;
  const search = query.toString();
  const filters = useMemo(() => readFilters(view, query), [view, search]);
  const [side, setSide] = useState(() => localStorage.getItem(SIDE) !== "closed" && matchMedia("(min-width: 1180px)").matches);

  useEffect(() => desk.inbox.show(filters), [filters]);
  useEffect(() => desk.open(id), [id]);
  useEffect(() => () => desk.open(null), []);

  const to = (thread: string | null) => go(inboxPlace(view, thread, search ? `?${search}` : ""));
  const step = (by: number) => {
    if (!items?.length) return;
    const at = items.findIndex((thread) => thread.id === id);
    const next = items[at < 0 ? 0 : Math.min(items.length - 1, Math.max(0, at + by))];
    if (next) to(next.id);
    document.querySelector(`[data-thread="${CSS.escape(next?.id ?? "")}"]`)?.scrollIntoView({ block: "nearest" });
  };
  const toggleSide = () => {
    localStorage.setItem(SIDE, side ? "closed" : "open");
    setSide(!side);
  };
  useKeys({ j: () => step(1), k: () => step(-1), "]": toggleSide, ...(id ? { Escape: () => to(null) } : {}) });
  return (
    <div class={`inbox ${id ? "has-talk" : ""} ${side ? "has-side" : ""}`}>
      <ThreadList view={view} open={id} filters={filters} search={search} />
      {id && talk?.id === id ? (
        <ConversationView key={id} talk={talk} onBack={() => to(null)} side={side} onSide={toggleSide} view={view} />
      ) : (
        <section class="talk is-empty" aria-label={w.conversation}>
          <Empty icon="inbox" title={w.pickOne}>
            <p>
              <kbd>j</kbd> <kbd>k</kbd> {w.keysSaid.move} · <kbd>?</kbd> {w.shortcuts}
            </p>
          </Empty>
        </section>
      )}
    </div>
  );
}

function readFilters(view: View, query: URLSearchParams): Filters {
  const given = Object.keys(NO_FILTERS).map((name) => [name, query.get(name) ?? ""]);
  return { ...NO_FILTERS, ...Object.fromEntries(given), view };
}
