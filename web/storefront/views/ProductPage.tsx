import { useState } from "preact/hooks";
import { productPath, useRead } from "../api";
import type { Detail } from "../api";
import { useProductOnPage, useShop, useTitle } from "../shop";
import { BuyBox } from "./BuyBox";
import { Missing } from "./Missing";
import { Price, Stars, Trouble } from "./parts";
import { ReviewsSection } from "./ReviewsSection";

export function ProductPage({ handle }: { handle: string }) {
  const { w, language } = useShop();
  const read = useRead<Detail>(productPath(handle, language));
  useProductOnPage(handle);
  useTitle(read.value?.title ?? null);
  if (read.state === "missing") return <Missing />;
  if (read.state === "failed") return <div class="page"><Trouble retry={read.retry} /></div>;
  if (!read.value) return <div class="page product is-loading" aria-busy="true" aria-label={w.loading} />;
  return <Product key={JSON.stringify(read.value.options)} detail={read.value} />; // another language, other option values
}

function Product({ detail }: { detail: Detail }) {
  const { w } = useShop();
  const [picked, setPicked] = useState<Record<string, string>>(() => firstPick(detail));
  const [photo, setPhoto] = useState<string | null>(null);
  const variant = detail.variants.find((each) => detail.options.every((option) => each.options[option.name] === picked[option.name])) ?? null;
  const shown = photo ?? variant?.image ?? closest(detail, picked)?.image ?? detail.images[0];
  const images = [...new Set([...detail.images, ...detail.variants.map((each) => each.image ?? "")])].filter(Boolean);
  const priced = variant ?? closest(detail, picked) ?? detail.variants[0];
  const category = typeof detail.category === "string" ? detail.category : detail.category?.title;
  return (
    <div class="page product">
      <div class="gallery">
        <div class="picture">{shown && <img src={shown} alt={detail.title} width="600" height="600" />}</div>
        {images.length > 1 && (
          <ul>
            {images.slice(0, 8).map((image, index) => (
              <li key={image}>
                <button type="button" aria-label={w.photo(index + 1)} aria-pressed={image === shown} onClick={() => setPhoto(image)}>
                  <img src={image} alt="" width="600" height="600" />
                </button>
              </li>
            ))}
          </ul>
        )}
      </div>
      <div class="buy">
        <p class="brand">{[detail.brand, category].filter(Boolean).join(" · ")}</p>
        <h1>{detail.title}</h1>
        {detail.rating ? (
          <p><a class="to-reviews" href="#reviews"><Stars rating={detail.rating} /> <span>{w.reviewsCount(detail.reviews_count ?? 0)}</span></a></p>
        ) : null}
        {priced && <Price price={priced.price} before={priced.compare_at} />}
        <BuyBox
          detail={detail}
          picked={picked}
          variant={variant}
          onPick={(name, value) => {
            setPicked({ ...picked, [name]: value });
            setPhoto(null);
          }}
        />
      </div>
      <div class="story">
        {detail.description_html && (
          <section>
            <h2>{w.about}</h2>
            {/* cleaned by the server when the product was imported */}
            <div class="prose" dangerouslySetInnerHTML={{ __html: detail.description_html }} />
            {detail.fit_note && <p class="loosened">{detail.fit_note}</p>}
          </section>
        )}
        {detail.attributes.length > 0 && (
          <section>
            <h2>{w.details}</h2>
            <dl class="facts-table">
              {detail.attributes.map((each) => (
                <div key={each.name}>
                  <dt>{each.name}</dt>
                  <dd>{each.value}</dd>
                </div>
              ))}
            </dl>
          </section>
        )}
        {detail.size_chart && detail.size_chart.rows.length > 0 && <SizeChart chart={detail.size_chart} />}
      </div>
      <ReviewsSection handle={detail.product} />
    </div>
  );
}

function SizeChart({ chart }: { chart: NonNullable<Detail["size_chart"]> }) {
  const { w } = useShop();
  const columns = [...new Set(chart.rows.flatMap((row) => Object.keys(row)))].filter((name) => name !== "size");
  return (
    <section>
      <h2>{w.sizeChart}</h2>
      <div class="scroll" tabIndex={0} role="region" aria-label={w.sizeChart}>
        <table>
          <thead>
            <tr>
              <th scope="col">{w.size}</th>
              {columns.map((name) => (
                <th scope="col" key={name}>{w.columns[name] ?? name.replaceAll("_", " ")}{chart.unit ? ` (${chart.unit})` : ""}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {chart.rows.map((row, index) => (
              <tr key={index}>
                <th scope="row">{row["size"]}</th>
                {columns.map((name) => <td key={name}>{row[name] ?? "–"}</td>)}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

/** An option with a single value is no choice, and neither is the colour looked at; sizes are for the shopper to pick. */
function firstPick(detail: Detail): Record<string, string> {
  const first = detail.variants.find((each) => each.in_stock) ?? detail.variants[0];
  return Object.fromEntries(
    detail.options
      .filter((option, index) => option.values.length === 1 || (index === 0 && detail.options.length > 1))
      .map((option) => [option.name, first?.options[option.name] ?? option.values[0]?.value ?? ""]),
  );
}

function closest(detail: Detail, picked: Record<string, string>) {
  return detail.variants.find((each) => Object.entries(picked).every(([name, value]) => each.options[name] === value));
}
