/** What somebody was writing and has not sent: it outlives a reload and an ended session, but not the tab nor signing out. */
export type Drafts = Record<string, string>;

const place = (staff: string) => `dangol.console.drafts.${staff}`;

export function keptDrafts(staff: string): Drafts {
  try {
    return JSON.parse(sessionStorage.getItem(place(staff)) ?? "{}") as Drafts;
  } catch {
    return {};
  }
}

export function keepDrafts(staff: string, drafts: Drafts): void {
  const written = Object.fromEntries(Object.entries(drafts).filter(([, text]) => text.trim()));
  try {
    if (Object.keys(written).length) sessionStorage.setItem(place(staff), JSON.stringify(written));
    else sessionStorage.removeItem(place(staff));
  } catch {
    /* kept for this page only */
  }
}

/** Under which name a draft is kept: a reply and a note of one conversation are two. */
export function draftOf(conversation: string, mode: "reply" | "note" = "reply"): string {
  return mode === "note" ? `${conversation} note` : conversation;
}
