/** How long ago, how long already: short, in the reader's language. */
import type { Language } from "../shared/preferences";
import { clock } from "../shared/wording";

const MINUTE = 60;
const HOUR = 3_600;
const DAY = 86_400;

/** 45 s, 12 min, 3 h 5 min, 2 d; null: not known. */
export function span(seconds: number | null | undefined, language: Language): string {
  if (seconds === null || seconds === undefined || Number.isNaN(seconds)) return "–";
  const s = Math.max(0, Math.round(seconds));
  const unit = language === "ko" ? { s: "초", m: "분", h: "시간", d: "일" } : { s: " s", m: " min", h: " h", d: " d" };
  if (s === 0 && seconds > 0) return language === "ko" ? "1초 미만" : "< 1 s";
  if (s < MINUTE) return `${s}${unit.s}`;
  if (s < HOUR) return `${Math.floor(s / MINUTE)}${unit.m}`;
  if (s < DAY) {
    const minutes = Math.floor((s % HOUR) / MINUTE);
    return `${Math.floor(s / HOUR)}${unit.h}${minutes ? ` ${minutes}${unit.m}` : ""}`;
  }
  return `${Math.floor(s / DAY)}${unit.d}`;
}

export function since(at: string, now: number): number {
  return (now - Date.parse(at)) / 1_000;
}

/** The time today, the day before that. */
export function stamp(at: string, now: number, language: Language): string {
  const date = new Date(at);
  if (sameDay(date, new Date(now))) return clock(at, language);
  return new Intl.DateTimeFormat(language, { month: "numeric", day: "numeric" }).format(date);
}

export function sameDay(a: Date, b: Date): boolean {
  return a.toDateString() === b.toDateString();
}

/** The day it is now where the shop stands, and days before it, as a date field has them; wherever whoever looks may be. */
export function shopDay(zone: string, offset = 0): string {
  const parts = new Intl.DateTimeFormat("en", { timeZone: zone, year: "numeric", month: "numeric", day: "numeric" }).formatToParts(new Date());
  const part = (type: string) => Number(parts.find((each) => each.type === type)?.value);
  return new Date(Date.UTC(part("year"), part("month") - 1, part("day") + offset)).toISOString().slice(0, 10);
}
