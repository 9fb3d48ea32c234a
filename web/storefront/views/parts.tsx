import type { Money, ProductItem } from "../../shared/blocks";
import { percentOff } from "../../shared/wording";
import { ask, useShop } from "../shop";

export function Stars({ rating, count }: { rating: number; count?: number | null | undefined }) {
  const { w } = useShop();
  const shown = rating.toFixed(1);
  return (
    <span class="rated">
      <svg class="star" width="15" height="15" viewBox="0 0 24 24" aria-hidden="true">
        <path d="M12 3l2.8 5.7 6.2.9-4.5 4.4 1.1 6.2L12 17.3l-5.6 2.9 1.1-6.2L3 9.6l6.2-.9z" fill="currentColor" />
      </svg>
      <span aria-hidden="true">{shown}</span>
      <span class="unseen">{w.stars(shown)}</span>
      {count ? <span class="soft">({count.toLocaleString()})</span> : null}
    </span>
  );
}

export function Price({ price, before }: { price: Money; before?: Money | null | undefined }) {
  const { w } = useShop();
  const off = percentOff(price, before);
  return (
    <p class="price">
      {off > 0 && (
        <>
          <span class="off" aria-hidden="true">{off}%</span>
          <span class="unseen">{w.off(off)}</span>
        </>
      )}
      <strong>{price.display}</strong>
      {off > 0 && before && (
        <s>
          <span class="unseen">{w.was} </span>
          {before.display}
        </s>
      )}
    </p>
  );
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
