import { useState } from "preact/hooks";
import { productsPath, useRead } from "../api";
import type { Found, Store } from "../api";
import { departments } from "../departments";
import { ask, useShop, useTitle } from "../shop";
import { ProductCard, Skeletons, Trouble } from "./parts";

const IN_A_ROW = 10; // narrower screens show fewer, always whole rows

/** The front page: say what you need, walk to a department, or look at what others look at. */
export function Home() {
  const { store } = useShop();
  useTitle(null);
  return (
    <>
      <Hero />
      {store && <Departments store={store} />}
      <Row sort="popularity" />
      <Row sort="newest" />
    </>
  );
}

function Hero() {
  const { w, language } = useShop();
  const [text, setText] = useState("");
  const found = useRead<Found>(productsPath(new URLSearchParams({ sort: "rating", in_stock: "true" }), language));
  const pictures = (found.value?.items ?? []).filter((item) => item.image).slice(0, 3);
  return (
    <section class="hero">
      <div class="hero-row">
        <div class="hero-words">
          <h1>{w.heroTitle.map((line) => <span key={line}>{line}</span>)}</h1>
          <p>{w.heroText}</p>
          <form
            class="ask"
            onSubmit={(event) => {
              event.preventDefault();
              ask(text.trim() || w.askHint);
              setText("");
            }}
          >
            <input type="text" aria-label={w.askAi} placeholder={w.askHint} maxLength={4000} value={text} onInput={(event) => setText(event.currentTarget.value)} />
            <button type="submit" class="button is-main">{w.ask}</button>
          </form>
          <ul class="examples">
            {w.askExamples.map((each) => (
              <li key={each}><button type="button" onClick={() => ask(each)}>{each}</button></li>
            ))}
          </ul>
        </div>
        <div class="hero-goods">
          {pictures.map((item) => (
            <a key={item.product} href={`/products/${encodeURIComponent(item.product)}`} aria-label={item.title}>
              <img src={item.image ?? ""} alt="" width="600" height="600" />
              <span>{item.title}</span>
            </a>
          ))}
        </div>
      </div>
    </section>
  );
}

function Departments({ store }: { store: Store }) {
  const { w } = useShop();
  return (
    <section class="page">
      <h2>{w.categories}</h2>
      <ul class="tiles">
        {departments(store).map((each) => (
          <Tile key={each.slug} slug={each.slug} title={each.title} />
        ))}
      </ul>
    </section>
  );
}

function Tile({ slug, title }: { slug: string; title: string }) {
  const { w, language } = useShop();
  const found = useRead<Found>(productsPath(new URLSearchParams({ category: slug, sort: "popularity", in_stock: "true" }), language));
  const image = found.value?.items.find((item) => item.image)?.image;
  return (
    <li>
      <a href={`/products?category=${encodeURIComponent(slug)}`}>
        <span class="picture">{image && <img src={image} alt="" loading="lazy" width="600" height="600" />}</span>
        <strong>{title}</strong>
        <span class="soft">{found.value ? w.items(found.value.total) : " "}</span>
      </a>
    </li>
  );
}

function Row({ sort }: { sort: "popularity" | "newest" }) {
  const { w, language } = useShop();
  const found = useRead<Found>(productsPath(new URLSearchParams({ sort, in_stock: "true" }), language));
  return (
    <section class="page">
      <div class="row-head">
        <h2>{sort === "popularity" ? w.popular : w.fresh}</h2>
        <a href={`/products?sort=${sort}`}>{w.seeAll}</a>
      </div>
      {found.state === "failed" && <Trouble retry={found.retry} />}
      {found.value ? (
        <ul class="goods is-row">
          {found.value.items.slice(0, IN_A_ROW).map((item) => <ProductCard key={item.product} item={item} />)}
        </ul>
      ) : (
        found.state === "loading" && <Skeletons count={4} />
      )}
    </section>
  );
}
