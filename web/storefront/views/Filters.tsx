import { useEffect, useRef, useState } from "preact/hooks";
import type { Money } from "../../shared/blocks";
import type { Facets, FacetValue } from "../api";
import { useShop } from "../shop";

const SHOWN = 6;
const ONE_OF = new Set(["audience"]);
const DOTS: Record<string, string> = {
  black: "#26262a", white: "#ffffff", gray: "#8d8f94", grey: "#8d8f94", silver: "#c7cad0", navy: "#26365c", blue: "#3d6fc4", "light-blue": "#a5cbee", sky: "#a5cbee",
  green: "#4f8a5b", khaki: "#7a7b52", olive: "#6b6b3a", mint: "#a9dcc6", beige: "#d9c4a1", ivory: "#f5efdf", cream: "#f3e8d1", brown: "#7a5238", camel: "#bf9160",
  red: "#c0392f", pink: "#eda7b8", coral: "#f08a72", orange: "#e8863a", yellow: "#f0cb45", gold: "#cfa64c", purple: "#7e5aa6", lavender: "#c4b3e3", violet: "#7e5aa6", burgundy: "#752a3a", wine: "#752a3a", charcoal: "#46474b", "rose-gold": "#dfa79a",
};

interface Props {
  facets: Facets;
  query: URLSearchParams;
  change: (edit: (next: URLSearchParams) => void) => void;
  open: boolean;
  onClose: () => void;
  total: number;
}

/** Filters beside the goods; on a narrow screen they come up as a sheet. */
export function Filters({ facets, query, change, open, onClose, total }: Props) {
  const { w } = useShop();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (open) box.current?.querySelector<HTMLElement>("button")?.focus();
  }, [open]);

  const keys = (event: KeyboardEvent) => {
    if (!open) return;
    if (event.key === "Escape") return onClose();
    if (event.key !== "Tab" || !box.current) return;
    const reachable = [...box.current.querySelectorAll<HTMLElement>("button, input, select")].filter((each) => each.getClientRects().length > 0);
    const edge = event.shiftKey ? reachable[0] : reachable.at(-1);
    if (document.activeElement !== edge) return;
    event.preventDefault();
    (event.shiftKey ? reachable.at(-1) : reachable[0])?.focus();
  };
  const toggle = (key: string, value: string, on: boolean) => change((next) => {
      if (!on) next.delete(key, value);
      else if (ONE_OF.has(key)) next.set(key, value);
      else next.append(key, value);
    });
  const lists = Object.entries(facets).filter((each): each is [string, FacetValue[]] => Array.isArray(each[1]) && each[1].length > 0);
  return (
    <>
      {open && <div class="veil" onClick={onClose} />}
      <div ref={box} class={`filters ${open ? "is-open" : ""}`} role={open ? "dialog" : "region"} aria-modal={open || undefined} aria-label={w.filters} onKeyDown={keys}>
        <div class="filters-head only-narrow">
          <h2>{w.filters}</h2>
          <button type="button" class="tool" aria-label={w.close} onClick={onClose}>×</button>
        </div>
        <label class="check">
          <input type="checkbox" checked={query.get("in_stock") === "true"} onChange={(event) => change((next) => (event.currentTarget.checked ? next.set("in_stock", "true") : next.delete("in_stock")))} />
          <span>{w.inStockOnly}</span>
        </label>
        <PriceRange facet={facets["price"]} query={query} change={change} />
        {lists.map(([key, values]) => (
          <Facet key={key} name={key} values={values} chosen={query.getAll(key)} toggle={(value, on) => toggle(key, value, on)} />
        ))}
        <div class="filters-foot only-narrow">
          <button type="button" class="button is-main" onClick={onClose}>{w.showResults(total)}</button>
        </div>
      </div>
    </>
  );
}

interface FacetProps {
  name: string;
  values: FacetValue[];
  chosen: string[];
  toggle: (value: string, on: boolean) => void;
}

function Facet({ name, values, chosen, toggle }: FacetProps) {
  const { w } = useShop();
  const [all, setAll] = useState(false);
  const shown = all ? values : values.filter((each, index) => index < SHOWN || chosen.includes(each.value));
  return (
    <fieldset>
      <legend>{w.facets[name] ?? name}</legend>
      {shown.map((each) => (
        <label class="check" key={each.value}>
          <input type="checkbox" checked={chosen.includes(each.value)} onChange={(event) => toggle(each.value, event.currentTarget.checked)} />
          {name === "color" && DOTS[each.value] && <i class="dot" style={{ background: DOTS[each.value] }} />}
          <span>{name === "audience" ? (w.audiences[each.value] ?? each.label) : each.label}</span>
          <span class="soft">{each.count.toLocaleString()}</span>
        </label>
      ))}
      {values.length > SHOWN && <button type="button" class="more" onClick={() => setAll(!all)}>{all ? w.less : w.more}</button>}
    </fieldset>
  );
}

function PriceRange({ facet, query, change }: { facet: Facets[string] | undefined; query: URLSearchParams; change: Props["change"] }) {
  const { w } = useShop();
  const [low, setLow] = useState(query.get("price_min") ?? "");
  const [high, setHigh] = useState(query.get("price_max") ?? "");
  useEffect(() => {
    setLow(query.get("price_min") ?? "");
    setHigh(query.get("price_max") ?? "");
  }, [query.get("price_min"), query.get("price_max")]);
  const bounds = facet && !Array.isArray(facet) ? facet : null;
  const hint = (value: Money | undefined) => value?.display ?? "";
  const apply = (event: Event) => {
    event.preventDefault();
    change((next) => {
      for (const [key, value] of [["price_min", low], ["price_max", high]] as const) {
        const digits = value.replace(/[^\d.]/g, "");
        if (digits) next.set(key, digits);
        else next.delete(key);
      }
    });
  };
  return (
    <form class="range" onSubmit={apply}>
      <fieldset>
        <legend>{w.facets["price"]}</legend>
        <div>
          <input inputMode="decimal" aria-label={w.min} placeholder={hint(bounds?.min) || w.min} value={low} onInput={(event) => setLow(event.currentTarget.value)} />
          <span aria-hidden="true">–</span>
          <input inputMode="decimal" aria-label={w.max} placeholder={hint(bounds?.max) || w.max} value={high} onInput={(event) => setHigh(event.currentTarget.value)} />
          <button type="submit" class="button">{w.apply}</button>
        </div>
      </fieldset>
    </form>
  );
}
