import type { ProductItem } from "../../shared/blocks";
import { PriceTag, StarTag } from "../../shared/views/priced";
import type { PriceProps, StarsProps } from "../../shared/views/priced";
import { ask, useShop } from "../shop";

export function Price(props: PriceProps) {
  return <PriceTag {...props} w={useShop().w} />;
}

export function Stars(props: StarsProps) {
  return <StarTag {...props} w={useShop().w} />;
}

export function ProductCard({ item, level = 3 }: { item: ProductItem; level?: 2 | 3 }) {
  const { w } = useShop();
  const Heading = `h${level}` as "h2" | "h3";
  return (
    <li class={`good ${item.in_stock ? "" : "is-out"}`}>
      <div class="picture">
        {item.image && <img src={item.image} alt="" loading="lazy" decoding="async" width="600" height="600" />}
        {!item.in_stock && <span class="tag">{w.soldOut}</span>}
      </div>
      {item.brand && <p class="brand">{item.brand}</p>}
      <Heading>
        <a href={`/products/${encodeURIComponent(item.product)}`}>{item.title}</a>
      </Heading>
      <Price price={item.price} before={item.compare_at} />
      <p class="facts">
        {item.rating ? <Stars rating={item.rating} count={item.reviews_count} /> : null}
        {item.in_stock && item.left && item.left <= 3 ? <span class="few">{w.left(item.left)}</span> : null}
      </p>
    </li>
  );
}

/** Grey shapes where goods are about to be. */
export function Skeletons({ count }: { count: number }) {
  const { w } = useShop();
  return (
    <ul class="goods" aria-busy="true" aria-label={w.loading}>
      {Array.from({ length: count }, (_, index) => (
        <li class="good is-loading" key={index} aria-hidden="true">
          <div class="picture" />
          <i /><i />
        </li>
      ))}
    </ul>
  );
}

export function Trouble({ retry }: { retry: () => void }) {
  const { w } = useShop();
  return (
    <div class="empty" role="alert">
      <p>{w.failed}</p>
      <button type="button" class="button" onClick={retry}>{w.retry}</button>
    </div>
  );
}

export function AskButton({ say, children }: { say?: string; children: string }) {
  return (
    <button type="button" class="button" onClick={() => ask(say)}>
      <svg width="20" height="20" viewBox="0 0 32 32" aria-hidden="true">
        <path d="M16 4.5c7 0 12 4.5 12 10.5s-5 10.5-12 10.5c-1.3 0-2.6-.2-3.8-.5l-5.4 2.6c-.7.3-1.3-.4-1.1-1.1l1-3.9C4.9 20.6 4 18 4 15 4 9 9 4.5 16 4.5z" fill="none" stroke="currentColor" stroke-width="2.6" />
        <path d="M11 15.2c1 2.8 2.8 4.2 5 4.2s4-1.4 5-4.2" fill="none" stroke="currentColor" stroke-width="2.6" stroke-linecap="round" />
      </svg>
      {children}
    </button>
  );
}
