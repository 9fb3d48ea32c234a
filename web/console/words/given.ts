/** How it is said that the desk itself gave a conversation out, or took it back. */
type Details = Record<string, unknown>;

const text = (value: unknown) => (typeof value === "string" ? value : "");
const nameIn = (value: unknown) => (value && typeof value === "object" && "name" in value ? text(value.name) : "");

export function givenOutKo(details: Details): string {
  if (nameIn(details["to"])) return `${nameIn(details["to"])} 님에게 배정했어요`;
  const why: Record<string, string> = { offline: "담당자가 자리를 비워 ", no_answer: "제때 답이 없어 " };
  return `${why[text(details["why"])] ?? ""}대기열로 돌아갔어요`;
}

export function givenOutEn(details: Details): string {
  if (nameIn(details["to"])) return `Given to ${nameIn(details["to"])}`;
  const why: Record<string, string> = { offline: ": its owner went offline", no_answer: ": nobody answered in time" };
  return `Back in the queue${why[text(details["why"])] ?? ""}`;
}
