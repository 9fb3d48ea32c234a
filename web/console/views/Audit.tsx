import { useState } from "preact/hooks";
import { go } from "../../shared/router";
import { moment } from "../../shared/wording";
import { query as asQuery } from "../api";
import { useDesk, useLoaded, useWords } from "../context";
import { inboxPlace } from "../places";
import { useStore } from "../store";
import type { AuditEntry } from "../types";
import type { Words } from "../words/words";
import { Empty, Loading, Problem, Sheet } from "./ui";

/** Who did what, newest first. */
export function Audit({ query }: { query: URLSearchParams }) {
  const desk = useDesk();
  const { people } = useStore(desk);
  const { w, language } = useWords();
  const staff = query.get("staff") ?? "";
  const conversation = query.get("conversation") ?? "";
  const { data, problem, reload } = useLoaded<{ items: AuditEntry[] }>(`/audit${asQuery({ staff, conversation })}`);
  const [older, setOlder] = useState<{ of: unknown; items: AuditEntry[]; end: boolean }>({ of: null, items: [], end: false });
  const items = [...(data?.items ?? []), ...(older.of === data ? older.items : [])];
  const more = async () => {
    const last = items.at(-1);
    if (!last) return;
    try {
      const page = await desk.api.get<{ items: AuditEntry[] }>(`/audit${asQuery({ staff, conversation, before: last.id })}`);
      setOlder({ of: data, items: [...(older.of === data ? older.items : []), ...page.items], end: page.items.length === 0 });
    } catch (error) {
      desk.complain(error);
    }
  };
  return (
    <Sheet title={w.rooms["audit"] ?? ""} lead={w.auditLead}>
      <div class="row">
        <label>
          <span class="unseen">{w.person}</span>
          <select value={staff} onChange={(event) => go(`/console/audit${asQuery({ staff: event.currentTarget.value, conversation })}`, true)}>
            <option value="">{w.everybody}</option>
            {people.map((person) => <option key={person.id} value={person.id}>{person.name}</option>)}
          </select>
        </label>
        {conversation && <a class="small" href={`/console/audit${asQuery({ staff })}`}>{w.clearFilters}</a>}
      </div>
      {problem ? <Problem problem={problem} again={reload} /> : !data ? <Loading /> : items.length === 0 ? <Empty icon="list" title={w.noAudit} /> : null}
      <ul class="audit">
        {items.map((entry) => (
          <li key={entry.id}>
            <time class="quiet" dateTime={entry.at}>{moment(entry.at, language)}</time>
            <strong>{typeof entry.staff === "string" ? entry.staff : (entry.staff?.name ?? w.system)}</strong>
            <span>{w.auditActs[entry.act] ?? entry.act.replaceAll("_", " ")}</span>
            {entry.conversation && <a href={inboxPlace("all", entry.conversation)}>{w.toConversation}</a>}
            <span class="quiet audit-details">{detailsOf(entry.details, w)}</span>
          </li>
        ))}
      </ul>
      {items.length >= 50 && !(older.of === data && older.end) && <button type="button" class="button" onClick={() => void more()}>{w.older}</button>}
    </Sheet>
  );
}

function detailsOf(details: Record<string, unknown>, w: Words): string {
  const { before, after, ...other } = details;
  const changes = isTable(after) ? Object.entries(after).map(([name, value]) => `${w.s.part[name] ?? name}: ${written((isTable(before) ? before : {})[name])} → ${written(value)}`) : [];
  return [...changes, ...Object.entries(other).map(([name, value]) => `${name}: ${written(value)}`)].join(" · ");
}

const isTable = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null && !Array.isArray(value);
const written = (value: unknown) => (value === null || value === undefined ? "–" : typeof value === "object" ? JSON.stringify(value) : String(value));
