/** Small parts several blocks share. */
import type { ComponentChildren } from "preact";
import type { Discount, OrderLine } from "../blocks";
import { offText, optionText, safeUrl } from "../wording";
import { useSurface, useWords } from "./context";
import { Icon } from "../icons";
import { PriceTag, StarTag } from "./priced";
import type { PriceProps, StarsProps } from "./priced";

interface PageLinkProps {
  url: string | null | undefined;
  class?: string;
  /** A second way to the same page, for the pointer only. */
  silent?: boolean;
  children: ComponentChildren;
}

export function PageLink({ url, class: name, silent, children }: PageLinkProps) {
  const { server, visit } = useSurface();
  const full = safeUrl(url, server);
  if (!full) return <span class={name}>{children}</span>;
  const elsewhere = new URL(full).origin !== location.origin && /^https?:/.test(full);
  return (
    <a class={name} href={full} {...(silent ? { tabIndex: -1, "aria-hidden": true as const } : {})} {...(elsewhere ? { target: "_blank", rel: "noopener noreferrer" } : { onClick: (event: MouseEvent) => visit(event, full) })}>
      {children}
    </a>
  );
}

export function Picture({ src, class: name }: { src: string | null | undefined; class?: string }) {
  const { server } = useSurface();
  const full = safeUrl(src, server);
  // the title beside it says what it is
  return <span class={`picture ${name ?? ""}`}>{full && <img src={full} alt="" loading="lazy" decoding="async" />}</span>;
}

export function Price(props: PriceProps) {
  return <PriceTag {...props} w={useWords().w} />;
}

export function Stars(props: StarsProps) {
  return <StarTag {...props} w={useWords().w} />;
}

export function Sums({ rows, total }: { rows: [string, string][]; total: [string, string] | null }) {
  return (
    <dl class="sums">
      {rows.map(([name, value], index) => (
        <div key={index}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
      {total && (
        <div class="total">
          <dt>{total[0]}</dt>
          <dd>{total[1]}</dd>
        </div>
      )}
    </dl>
  );
}

export function discountRows(discounts: Discount[] | undefined, fallback: string): [string, string][] {
  return (discounts ?? []).map((each) => [each.label || fallback, offText(each)]);
}

export function Lines({ lines }: { lines: OrderLine[] }) {
  const { w } = useWords();
  return (
    <ul class="lines">
      {lines.map((line, index) => (
        <li key={line.sku ?? index}>
          {line.image && <Picture src={line.image} />}
          <div>
            <PageLink url={line.url} class="title">{line.title}</PageLink>
            <p class="quiet">{[optionText(line.options), w.quantity(line.quantity)].filter(Boolean).join(" · ")}</p>
          </div>
          {(line.total ?? line.unit_price) && <span class="amount">{(line.total ?? line.unit_price)?.display}</span>}
        </li>
      ))}
    </ul>
  );
}

export function Steps({ names, at }: { names: string[]; at: number }) {
  return (
    <ol class="steps">
      {names.map((name, index) => (
        <li key={name} class={index < at ? "is-done" : index === at ? "is-now" : ""} aria-current={index === at ? "step" : undefined}>
          <i>{index < at && <Icon name="check" size={12} />}</i>
          <span>{name}</span>
        </li>
      ))}
    </ol>
  );
}

export function CardHead({ icon, children, aside }: { icon: Parameters<typeof Icon>[0]["name"]; children: ComponentChildren; aside?: ComponentChildren }) {
  return (
    <div class="card-head">
      <Icon name={icon} size={18} />
      <h3>{children}</h3>
      {aside && <span class="quiet">{aside}</span>}
    </div>
  );
}
