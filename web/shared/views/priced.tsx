/** A price and a rating, the same in the chat and on the shop's pages. */
import type { Money } from "../blocks";
import { percentOff } from "../wording";

interface PriceWords {
  off: (percent: number) => string;
  was: string;
}

export interface PriceProps {
  price: Money;
  before?: Money | null | undefined;
}

export function PriceTag({ price, before, w }: PriceProps & { w: PriceWords }) {
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

export interface StarsProps {
  rating: number;
  count?: number | null | undefined;
}

export function StarTag({ rating, count, w }: StarsProps & { w: { stars: (shown: string) => string } }) {
  const shown = rating.toFixed(1);
  return (
    <span class="rated">
      <svg class="icon star" width="15" height="15" viewBox="0 0 24 24" aria-hidden="true">
        <path d="M12 3l2.8 5.7 6.2.9-4.5 4.4 1.1 6.2L12 17.3l-5.6 2.9 1.1-6.2L3 9.6l6.2-.9z" fill="currentColor" />
      </svg>
      <span aria-hidden="true">{shown}</span>
      <span class="unseen">{w.stars(shown)}</span>
      {count ? <span class="count">({count.toLocaleString()})</span> : null}
    </span>
  );
}
