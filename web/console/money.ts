/** Money as the API has it, in the smallest unit, and as people type it. */
import type { Language } from "../shared/preferences";

export function digits(currency: string): number {
  return new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits ?? 2;
}

/** What is typed for an amount: 1234.5 for 123450 cents. */
export function typed(amount: number, currency: string): string {
  return String(amount / 10 ** digits(currency));
}

/** The amount of what was typed; null when it is none. */
export function amountOf(text: string, currency: string): number | null {
  const value = Number(text.replaceAll(",", "").trim());
  if (!text.trim() || !Number.isFinite(value)) return null;
  const amount = value * 10 ** digits(currency);
  return Math.abs(amount - Math.round(amount)) < 1e-6 ? Math.round(amount) : null;
}

export function display(amount: number, currency: string, language: Language): string {
  return new Intl.NumberFormat(language, { style: "currency", currency }).format(amount / 10 ** digits(currency));
}
