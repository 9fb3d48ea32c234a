import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Icon, Mark } from "../../shared/icons";
import type { IconName } from "../../shared/icons";
import { setLanguage, setTheme, theme } from "../../shared/preferences";
import { go, usePlace } from "../../shared/router";
import { useDesk, useSession, useWords } from "../context";
import { useKeys } from "../keys";
import { inboxPlace, readPlace, VIEWS } from "../places";
import { useStore } from "../store";
import type { Presence, View } from "../types";
import { ROOMS } from "./App";
import { Shortcuts } from "./Shortcuts";
import { Avatar, Menu } from "./ui";

const ROOM_ICONS: Record<string, IconName> = {
  inbox: "inbox", approvals: "shield", knowledge: "book", replies: "quote", metrics: "chart", outreach: "truck", retention: "heart", people: "people", settings: "gear", models: "spark", audit: "list", me: "person",
};
const VIEW_ICONS: Record<View, IconName> = { mine: "person", unassigned: "hand", waiting: "clock", all: "inbox", snoozed: "bell", closed: "check" };
const ROOM_KEYS: Record<string, string> = { inbox: "i", approvals: "p", knowledge: "k", replies: "c", metrics: "m", outreach: "u", retention: "r", people: "o", settings: "s", models: "d", audit: "l", me: "y" };

/** The way to every room, on the left; on a small screen behind a button. */
export function Frame({ room, children }: { room: string; children: ComponentChildren }) {
  const desk = useDesk();
  const { line } = useStore(desk);
  const { w } = useWords();
  const place = usePlace();
  const [drawer, setDrawer] = useState(false);
  const [overview, setOverview] = useState(false);
  useEffect(() => setDrawer(false), [place.path]);
  useKeys({
    ...Object.fromEntries(Object.entries(ROOM_KEYS).map(([to, key]) => [`g ${key}`, () => go(`/console/${to}`)])),
    ...Object.fromEntries(VIEWS.map((view, index) => [`${index + 1}`, () => go(inboxPlace(view))])),
    "?": () => setOverview(true),
    ...(drawer ? { Escape: () => setDrawer(false) } : {}),
  });
  return (
    <div class={`frame ${drawer ? "has-drawer" : ""}`}>
      <a class="skip" href="#content" onClick={(event) => { event.preventDefault(); document.getElementById("content")?.focus(); }}>{w.skip}</a>
      <div class="topbar">
        <button type="button" class="icon-button" aria-label={w.menu} aria-expanded={drawer} onClick={() => setDrawer(!drawer)}>
          <Icon name="bars" />
        </button>
        <span class="topbar-mark"><Mark size={24} /></span>
        <strong>{w.rooms[room] ?? w.console}</strong>
      </div>
      {drawer && <div class="veil" onClick={() => setDrawer(false)} />}
      <Side room={room} onOverview={() => setOverview(true)} />
      <main id="content" tabIndex={-1}>
        {!line && (
          <p class="line-lost" role="status">
            <span class="spinner" />
            {w.lineLost}
          </p>
        )}
        {children}
      </main>
      {overview && <Shortcuts rooms={ROOM_KEYS} onClose={() => setOverview(false)} />}
    </div>
  );
}

function Side({ room, onOverview }: { room: string; onOverview: () => void }) {
  const desk = useDesk();
  const { approvals } = useStore(desk);
  const asked = approvals.filter((each) => each.state === "waiting").length;
  const { counts } = useStore(desk.inbox);
  const { may } = useSession();
  const { w } = useWords();
  const { rest } = readPlace(usePlace().path);
  const rooms = ROOMS.filter(([name, needed]) => name !== "inbox" && name !== "me" && (needed === null || may.includes(needed)));
  return (
    <div class="side">
      <p class="brand"><Mark size={26} /> {w.console}</p>
      <nav aria-label={w.rooms["inbox"]} class="side-nav">
        {may.includes("converse") &&
          VIEWS.map((view) => (
            <a key={view} href={inboxPlace(view)} aria-current={room === "inbox" && (rest[0] ?? "mine") === view ? "page" : undefined}>
              <Icon name={VIEW_ICONS[view]} size={18} />
              <span>{w.views[view]}</span>
              {counts && counts[view] > 0 && view !== "closed" ? <b class={`count ${view === "unassigned" ? "is-loud" : ""}`}>{counts[view]}</b> : null}
            </a>
          ))}
      </nav>
      <nav aria-label={w.more} class="side-nav is-rooms">
        {rooms.map(([name]) => (
          <a key={name} href={`/console/${name}`} aria-current={room === name ? "page" : undefined}>
            <Icon name={ROOM_ICONS[name] ?? "info"} size={18} />
            <span>{w.rooms[name]}</span>
            {name === "approvals" && asked > 0 ? <b class="count is-loud">{asked}</b> : null}
          </a>
        ))}
      </nav>
      <Me onOverview={onOverview} />
    </div>
  );
}

function Me({ onOverview }: { onOverview: () => void }) {
  const desk = useDesk();
  const { staff } = useSession();
  const { w, language } = useWords();
  const worn = theme();
  const presences: Presence[] = ["online", "away", "offline"];
  return (
    <Menu
      label={w.myMenu(staff.name)}
      class="me"
      upwards
      worded
      button={
        <>
          <Avatar name={staff.name} size={32} presence={staff.presence} />
          <span class="me-name">
            <strong>{staff.name}</strong>
            <small>{w.presence[staff.presence]}</small>
          </span>
        </>
      }
      items={[
        ...presences.map((presence) => ({ label: w.presence[presence], checked: staff.presence === presence, run: () => void desk.setPresence(presence).catch((error) => desk.complain(error)) })),
        "line" as const,
        { label: w.rooms["me"] ?? "", icon: "person" as const, run: () => go("/console/me") },
        { label: w.shortcuts, icon: "key" as const, hint: "?", run: onOverview },
        { label: language === "ko" ? "English" : "한국어", icon: "quote" as const, run: () => setLanguage(language === "ko" ? "en" : "ko") },
        { label: worn === "dark" ? w.themes.light : w.themes.dark, icon: "eye" as const, run: () => setTheme(worn === "dark" ? "light" : "dark") },
        "line" as const,
        { label: w.signOut, icon: "out" as const, run: () => void desk.signOut().catch((error) => desk.complain(error)) },
      ]}
    />
  );
}
