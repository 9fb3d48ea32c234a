import type { ProductItem, ProductsBlock } from "../blocks";
import { optionText } from "../wording";
import { useSurface, useWords } from "./context";
import { Icon } from "../icons";
import { PageLink, Picture, Price, Stars } from "./parts";

/** Product cards: photo, price, stock, why this one, and what may be done with it. */
export function ProductsView({ block }: { block: ProductsBlock }) {
  const { w } = useWords();
  return (
    <ul class={`products ${block.items.length === 1 ? "is-single" : ""}`} aria-label={w.products}>
      {block.items.map((item, index) => (
        <Product key={`${item.product}:${item.variant ?? index}`} item={item} />
      ))}
    </ul>
  );
}

function Product({ item }: { item: ProductItem }) {
  const { conversation, watching } = useSurface();
  const { w } = useWords();
  const press = (choice: string, label: string) => conversation.send({ choice, label });
  const options = optionText(item.options);
  return (
    <li class="product">
      <PageLink url={item.url} class="cover" silent>
        <Picture src={item.image} />
        {!item.in_stock && <span class="tag">{w.soldOut}</span>}
      </PageLink>
      <div class="about">
        {item.brand && <p class="brand">{item.brand}</p>}
        <PageLink url={item.url} class="title">{item.title}</PageLink>
        {options && <p class="quiet">{options}</p>}
        <Price price={item.price} before={item.compare_at} />
        <p class="facts">
          {item.rating ? <Stars rating={item.rating} count={item.reviews_count} /> : null}
          <span class={item.in_stock ? "in-stock" : "sold-out"}>
            {!item.in_stock ? w.soldOut : item.left && item.left <= 3 ? w.left(item.left) : w.inStock}
          </span>
        </p>
        {item.why && <p class="why">{item.why}</p>}
        {!watching && <div class="acts">
          {item.in_stock ? (
            <button type="button" class="primary small" aria-label={w.added(item.title)} onClick={() => press(item.variant ? `add:${item.variant}` : `buy:${item.product}`, w.added(item.title))}>
              <Icon name="bag" size={16} />
              {w.add}
            </button>
          ) : null}
          {item.in_stock && item.variant ? (
            <button type="button" class="small" aria-label={w.boughtNow(item.title)} onClick={() => press(`now:${item.variant}`, w.boughtNow(item.title))}>
              {w.buyNow}
            </button>
          ) : null}
          <button type="button" class="small" aria-label={w.shown(item.title)} onClick={() => press(`show:${item.product}`, w.shown(item.title))}>
            {w.details}
          </button>
          <button type="button" class="small square" aria-label={w.wished(item.title)} title={w.wish} onClick={() => press(`wish:${item.product}`, w.wished(item.title))}>
            <Icon name="heart" size={16} />
          </button>
        </div>}
      </div>
    </li>
  );
}
