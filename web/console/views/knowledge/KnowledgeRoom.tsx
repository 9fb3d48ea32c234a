export function KnowledgeRoom(_: { rest: string[]; query: URLSearchParams }) {
  return null;
}
