/** Dates, states and other small wordings that the chat and the shop's pages say alike. */
import type { Discount, Money, Options } from "./blocks";
import type { Language } from "./preferences";

/** Only ISO dates are turned into words; what the server has worded stays as it is. */
function isoDate(value: string): Date | null {
  if (!/^\d{4}-\d{2}-\d{2}/.test(value)) return null;
  const date = new Date(value.length === 10 ? `${value}T00:00:00` : value);
  return Number.isNaN(date.getTime()) ? null : date;
}

export function day(value: string, language: Language): string {
  const date = isoDate(value);
  if (!date) return value;
  return new Intl.DateTimeFormat(language, { month: language === "ko" ? "long" : "short", day: "numeric", weekday: "short" }).format(date);
}

export function moment(value: string, language: Language): string {
  const date = isoDate(value);
  if (!date) return value;
  return new Intl.DateTimeFormat(language, { year: "numeric", month: "short", day: "numeric", hour: "numeric", minute: "2-digit" }).format(date);
}

export function clock(value: string | undefined, language: Language): string {
  const date = value ? isoDate(value) : null;
  if (!date) return "";
  return new Intl.DateTimeFormat(language, { hour: "numeric", minute: "2-digit" }).format(date);
}

export function optionText(options: Options | null | undefined): string {
  return Object.values(options ?? {}).join(" · ");
}

/** How much is taken off, with its minus sign. */
export function offText(discount: Discount): string {
  return `−${discount.amount.display.replace(/^[-−]/, "")}`;
}

export function percentOff(price: Money, before: Money | null | undefined): number {
  if (!before || before.amount <= price.amount) return 0;
  return Math.floor((1 - price.amount / before.amount) * 100);
}

/** Only addresses a shopper may follow: this site's paths, web pages, mail and telephone. */
export function safeUrl(url: string | null | undefined, base: string): string | null {
  if (!url) return null;
  try {
    const full = new URL(url, base);
    return ["http:", "https:", "mailto:", "tel:"].includes(full.protocol) ? full.href : null;
  } catch {
    return null;
  }
}

const ORDER: Record<string, [string, string]> = {
  pending_payment: ["결제 대기", "Awaiting payment"],
  paid: ["결제 완료", "Paid"],
  preparing: ["상품 준비 중", "Preparing"],
  partly_shipped: ["일부 배송 중", "Partly shipped"],
  shipped: ["배송 중", "Shipped"],
  delivered: ["배송 완료", "Delivered"],
  cancelled: ["주문 취소", "Cancelled"],
  refunded: ["환불 완료", "Refunded"],
  partly_refunded: ["일부 환불", "Partly refunded"],
};
const SHIPMENT: Record<string, [string, string]> = {
  information_received: ["배송 접수", "Label received"],
  at_pickup: ["집화 완료", "Picked up by carrier"],
  in_transit: ["이동 중", "In transit"],
  out_for_delivery: ["배달 출발", "Out for delivery"],
  attempt_failed: ["배달 실패", "Delivery attempt failed"],
  delivered: ["배달 완료", "Delivered"],
  exception: ["확인 필요", "Problem with delivery"],
  returned: ["반송됨", "Returned to sender"],
};
const RETURN: Record<string, [string, string]> = {
  draft: ["확인 전", "Not sent yet"],
  requested: ["접수됨", "Requested"],
  approved: ["승인됨", "Approved"],
  label_created: ["송장 발급됨", "Label ready"],
  picked_up: ["수거 완료", "Picked up"],
  in_transit: ["회수 중", "On its way back"],
  received: ["입고 확인", "Received"],
  refunded: ["환불 완료", "Refunded"],
  exchanged: ["교환 완료", "Exchanged"],
  refused: ["반려됨", "Refused"],
  cancelled: ["취소됨", "Cancelled"],
};

const said = (table: Record<string, [string, string]>) => (state: string, language: Language) =>
  table[state]?.[language === "ko" ? 0 : 1] ?? state.replaceAll("_", " ");

export const orderStatus = said(ORDER);
export const shipmentStatus = said(SHIPMENT);
export const returnStatus = said(RETURN);

/** The order's life as the shopper follows it; null where the life ended another way. */
export function orderStep(status: string): number | null {
  const steps: Record<string, number> = { pending_payment: 0, paid: 1, preparing: 2, partly_shipped: 3, shipped: 3, delivered: 4 };
  return steps[status] ?? null;
}

export function orderSteps(language: Language): string[] {
  return language === "ko" ? ["주문", "결제", "준비", "배송", "도착"] : ["Ordered", "Paid", "Preparing", "Shipped", "Delivered"];
}
