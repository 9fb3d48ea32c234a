/** The console's addresses. */
import type { View } from "./types";

export const VIEWS: View[] = ["mine", "unassigned", "waiting", "all", "snoozed", "closed"];

export function inboxPlace(view: View, id?: string | null, search = ""): string {
  return `/console/inbox/${view}${id ? `/${encodeURIComponent(id)}` : ""}${search}`;
}

export interface ConsolePlace {
  room: string;
  /** What follows the room: a view and a conversation, a tab, an article. */
  rest: string[];
}

export function readPlace(path: string): ConsolePlace {
  const [, , room = "", ...rest] = path.split("/");
  return { room, rest: rest.filter(Boolean).map(decoded) };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
