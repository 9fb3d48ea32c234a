import { useEffect, useRef, useState } from "preact/hooks";
import { productsPath, useRead } from "../api";
import type { Facets, FacetValue, Found } from "../api";
import { categoryTitle } from "../departments";
import { go, usePlace } from "../../shared/router";
import { useShop, useTitle } from "../shop";
import { Filters } from "./Filters";
import { AskButton, ProductCard, Skeletons, Trouble } from "./parts";

/** All goods, or those looked for: the same search as the chat's. */
export function ListPage() {
  const { w, language, store } = useShop();
  const { query } = usePlace();
  const found = useRead<Found>(productsPath(query, language));
  const [open, setOpen] = useState(false);
  const trigger = useRef<HTMLButtonElement>(null);
  const words = query.get("q");
  const category = query.get("category");
  const title = words ? w.resultsFor(words) : category ? categoryTitle(store, category) : w.all;
  useTitle(title);
  useEffect(() => window.scrollTo(0, 0), [query.get("page")]);

  const change = (edit: (next: URLSearchParams) => void) => {
    const next = new URLSearchParams(query);
    edit(next);
    next.delete("page");
    go(`/products?${next.toString()}`);
  };
  const close = () => {
    setOpen(false);
    trigger.current?.focus();
  };
  const value = found.value;
  return (
    <div class="page list">
      <div class="list-head">
        <div>
          <h1>{title}</h1>
          <p class="soft" role="status">{value ? w.items(value.total) : " "}</p>
        </div>
        <div class="list-tools">
          <button ref={trigger} type="button" class="button only-narrow" aria-expanded={open} onClick={() => setOpen(true)}>{w.filters}</button>
          <label>
            <span class="unseen">{w.sort}</span>
            <select value={query.get("sort") ?? ""} onChange={(event) => change((next) => (event.currentTarget.value ? next.set("sort", event.currentTarget.value) : next.delete("sort")))}>
              {Object.entries(w.sorts).map(([key, label]) => <option key={key} value={key}>{label}</option>)}
            </select>
          </label>
        </div>
      </div>
      <Chosen query={query} facets={value?.facets ?? {}} change={change} />
      <div class="list-body">
        <Filters facets={value?.facets ?? {}} query={query} change={change} open={open} onClose={close} total={value?.total ?? 0} />
        <div class="list-goods" aria-busy={found.state === "loading"}>
          {found.state === "failed" && <Trouble retry={found.retry} />}
          {value?.loosened && value.loosened.length > 0 && <p class="loosened" role="status">{w.loosened(value.loosened.join(", "))}</p>}
          {!value && found.state === "loading" && <Skeletons count={8} />}
          {value && value.items.length > 0 && (
            <ul class="goods">
              {value.items.map((item) => <ProductCard key={item.product} item={item} level={2} />)}
            </ul>
          )}
          {value && value.items.length === 0 && (
            <div class="empty">
              <p><strong>{w.nothing}</strong></p>
              <p>{w.nothingHint}</p>
              <AskButton {...(words ? { say: words } : {})}>{w.askAi}</AskButton>
            </div>
          )}
          {value && value.pages > 1 && <Pages page={value.page} pages={value.pages} query={query} />}
        </div>
      </div>
    </div>
  );
}

interface ChosenProps {
  query: URLSearchParams;
  facets: Facets;
  change: (edit: (next: URLSearchParams) => void) => void;
}

/** What is filtered by, each to be taken off with a press. */
function Chosen({ query, facets, change }: ChosenProps) {
  const { w, store } = useShop();
  const quiet = new Set(["q", "sort", "page", "language", "conversation"]);
  const chips = [...query].filter(([key]) => !quiet.has(key));
  if (chips.length === 0) return null;
  const name = (key: string, value: string): string => {
    if (key === "in_stock") return w.inStockOnly;
    if (key === "price_min") return `${w.min} ${value}`;
    if (key === "price_max") return `${w.max} ${value}`;
    if (key === "audience") return w.audiences[value] ?? value;
    if (key === "category") return categoryTitle(store, value);
    return labelIn(facets[key], value);
  };
  return (
    <ul class="chips">
      {chips.map(([key, value]) => (
        <li key={`${key}:${value}`}>
          <button type="button" aria-label={w.clearOne(name(key, value))} onClick={() => change((next) => next.delete(key, value))}>
            {name(key, value)} <span aria-hidden="true">×</span>
          </button>
        </li>
      ))}
      {chips.length > 1 && (
        <li><button type="button" class="all" onClick={() => change((next) => chips.forEach(([key]) => next.delete(key)))}>{w.clear}</button></li>
      )}
    </ul>
  );
}

function labelIn(facet: Facets[string] | undefined, value: string): string {
  return Array.isArray(facet) ? ((facet as FacetValue[]).find((each) => each.value === value)?.label ?? value) : value;
}

function Pages({ page, pages, query }: { page: number; pages: number; query: URLSearchParams }) {
  const { w } = useShop();
  const to = (n: number) => {
    const next = new URLSearchParams(query);
    next.set("page", String(n));
    return `/products?${next.toString()}`;
  };
  return (
    <nav class="pages" aria-label={w.pages}>
      {page > 1 ? <a class="button" href={to(page - 1)}>{w.previous}</a> : <span />}
      <span>{w.page(page, pages)}</span>
      {page < pages ? <a class="button" href={to(page + 1)}>{w.next}</a> : <span />}
    </nav>
  );
}
