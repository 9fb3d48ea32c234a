import { useEffect } from "preact/hooks";
import { go, usePlace } from "../../shared/router";
import { DeskContext, useSession, useWords } from "../context";
import type { Desk } from "../desk";
import { readPlace } from "../places";
import { useStore } from "../store";
import type { Permission } from "../types";
import { Account } from "./account/Account";
import { Approvals } from "./Approvals";
import { Audit } from "./Audit";
import { Frame } from "./Frame";
import { InboxRoom } from "./inbox/InboxRoom";
import { KnowledgeRoom } from "./knowledge/KnowledgeRoom";
import { Metrics } from "./metrics/Metrics";
import { ModelsRoom } from "./models/ModelsRoom";
import { OutreachRoom } from "./outreach/OutreachRoom";
import { People } from "./people/People";
import { Replies } from "./Replies";
import { RetentionRoom } from "./retention/RetentionRoom";
import { SettingsRoom } from "./settings/SettingsRoom";
import { SignIn } from "./SignIn";
import { Toasts } from "./Toasts";
import { Loading } from "./ui";

/** Who may enter which room; the first one open to a person is where they begin. */
export const ROOMS: [string, Permission | null][] = [
  ["inbox", "converse"],
  ["approvals", "converse"],
  ["knowledge", "edit_knowledge"],
  ["replies", "edit_replies"],
  ["metrics", "see_metrics"],
  ["outreach", "converse"],
  ["retention", "see_metrics"],
  ["people", "manage_people"],
  ["settings", "edit_settings"],
  ["models", "edit_settings"],
  ["audit", "see_audit"],
  ["me", null],
];

export function App({ desk }: { desk: Desk }) {
  const { session, unreachable } = useStore(desk);
  const { w } = useWords();
  return (
    <DeskContext.Provider value={desk}>
      {session ? <Rooms /> : session === null ? <SignIn /> : <div class="first">{unreachable ? <p role="alert">{w.unreachable}</p> : <Loading />}</div>}
      <Toasts />
    </DeskContext.Provider>
  );
}

function Rooms() {
  const place = usePlace();
  const { room, rest } = readPlace(place.path);
  const { w } = useWords();
  const open = useOpenRooms();
  const here = open.includes(room) ? room : null;
  useEffect(() => {
    if (!here) go(`/console/${open[0] ?? "me"}`, true);
  }, [here]);
  useEffect(() => {
    document.title = `${w.rooms[here ?? ""] ?? w.console} · ${w.console}`;
  }, [here, w]);
  return <Frame room={here ?? ""}>{here && <Room room={here} rest={rest} query={place.query} />}</Frame>;
}

function useOpenRooms(): string[] {
  const may = new Set<Permission | null>([null]);
  const session = useSession();
  session.may.forEach((permission) => may.add(permission));
  return ROOMS.filter(([, needed]) => may.has(needed)).map(([room]) => room);
}

function Room({ room, rest, query }: { room: string; rest: string[]; query: URLSearchParams }) {
  switch (room) {
    case "inbox":
      return <InboxRoom rest={rest} query={query} />;
    case "approvals":
      return <Approvals />;
    case "knowledge":
      return <KnowledgeRoom rest={rest} query={query} />;
    case "replies":
      return <Replies />;
    case "metrics":
      return <Metrics query={query} />;
    case "outreach":
      return <OutreachRoom query={query} />;
    case "retention":
      return <RetentionRoom />;
    case "people":
      return <People />;
    case "settings":
      return <SettingsRoom rest={rest} />;
    case "models":
      return <ModelsRoom rest={rest} />;
    case "audit":
      return <Audit query={query} />;
    default:
      return <Account />;
  }
}
