import { memo } from "preact/compat";
import { Icon } from "../../../shared/icons";
import type { Language } from "../../../shared/preferences";
import { useWords } from "../../context";
import { since, span, stamp } from "../../time";
import type { Thread, View } from "../../types";
import type { Words } from "../../words/words";
import { Avatar } from "../ui";

const LONG_SECONDS = 300;
const TOO_LONG_SECONDS = 1_200;

interface Props {
  thread: Thread;
  href: string;
  open: boolean;
  view: View;
  now: number;
}

/** A conversation in the list: who, what was said last, how long they wait. */
export const ThreadRow = memo(function ThreadRow({ thread, href, open, view, now }: Props) {
  const { w, language } = useWords();
  const name = nameOf(thread, w);
  const waits = thread.state === "closed" || !thread.waiting_since ? null : since(thread.waiting_since, now);
  const tone = waits === null ? "" : waits > TOO_LONG_SECONDS ? "is-too-long" : waits > LONG_SECONDS ? "is-long" : "";
  return (
    <li class={`thread ${open ? "is-open" : ""} is-${thread.priority}`} data-thread={thread.id}>
      <a href={href} aria-current={open ? "true" : undefined}>
        <Avatar name={thread.customer?.name ?? ""} size={36} />
        <span class="thread-body">
          <span class="thread-top">
            <strong>{name}</strong>
            {thread.customer?.vip && <b class="chip is-vip">VIP</b>}
            <time dateTime={thread.updated_at}>{stamp(thread.last?.at ?? thread.updated_at, now, language)}</time>
          </span>
          <span class="thread-last">
            {asksOnly(thread) ? thread.subject : thread.last ? <LastWords thread={thread} w={w} /> : <span class="quiet">{thread.subject || w.nothingSaid}</span>}
          </span>
          <span class="thread-facts">
            {waits !== null && (
              <b class={`chip is-wait ${tone}`}>
                <Icon name="clock" size={12} />
                {w.waits(span(waits, language))}
              </b>
            )}
            <Standing thread={thread} view={view} w={w} language={language} />
            {(thread.priority === "high" || thread.priority === "urgent") && (
              <b class={`chip is-${thread.priority}`}>
                <Icon name="flag" size={12} />
                {w.priorities[thread.priority]}
              </b>
            )}
            {thread.labels.slice(0, 2).map((label) => <span key={label} class="chip">{label}</span>)}
            {thread.labels.length > 2 && <span class="chip">+{thread.labels.length - 2}</span>}
          </span>
        </span>
      </a>
    </li>
  );
});

function LastWords({ thread, w }: { thread: Thread; w: Words }) {
  const { last } = thread;
  if (!last) return null;
  const who = last.from === "shopper" ? "" : last.from === "assistant" ? `${w.assistant}: ` : `${thread.owner?.name ?? w.staff}: `;
  return (
    <>
      {who && <span class="quiet">{who}</span>}
      {last.text}
    </>
  );
}

/** Nothing was said since they asked for a person: what it is about says more than their asking. */
function asksOnly({ state, subject, last, queued_at }: Thread): boolean {
  return (state === "queue" || state === "person") && subject !== "" && last !== null && queued_at !== null && Date.parse(last.at) <= Date.parse(queued_at);
}

/** Who has it, unless the view says so already. */
function Standing({ thread, view, w, language }: { thread: Thread; view: View; w: Words; language: Language }) {
  if (thread.state === "snoozed" && thread.snoozed_until) return <span class="chip">{w.until(new Intl.DateTimeFormat(language, { month: "numeric", day: "numeric", hour: "numeric", minute: "2-digit" }).format(new Date(thread.snoozed_until)))}</span>;
  if (thread.state === "closed") return thread.rating ? <span class="chip">★ {thread.rating}</span> : <span class="chip">{w.states.closed}</span>;
  if (thread.state === "queue") return thread.position && view === "unassigned" ? <span class="chip">{w.position(thread.position)}</span> : view === "unassigned" ? null : <span class="chip is-queue">{w.states.queue}</span>;
  if (thread.state === "assistant") return <span class="chip is-assistant">{w.assistant}</span>;
  return view !== "mine" && thread.owner ? <span class="chip">{thread.owner.name}</span> : null;
}

export function nameOf(thread: Thread, w: Words): string {
  return thread.customer?.name || w.visitor(thread.id.slice(-4));
}
