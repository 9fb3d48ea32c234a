import { useEffect, useState } from "preact/hooks";
import type { Review } from "../../shared/blocks";
import { day, optionText } from "../../shared/wording";
import { reviewsPath, useRead } from "../api";
import type { Reviews } from "../api";
import { useShop } from "../shop";
import { Stars } from "./parts";

/** What buyers say: topics with counts first, then the reviews themselves, page by page. */
export function ReviewsSection({ handle }: { handle: string }) {
  const { w, language } = useShop();
  const [page, setPage] = useState(1);
  const [items, setItems] = useState<Review[]>([]);
  const read = useRead<Reviews>(reviewsPath(handle, page, language));
  useEffect(() => {
    setPage(1);
  }, [language]);
  useEffect(() => {
    if (read.state !== "ready") return;
    const more = read.value.items;
    setItems((before) => (page === 1 ? more : [...before, ...more]));
  }, [read.value, read.state]);
  const value = read.value;
  return (
    <section class="reviews" id="reviews" tabIndex={-1}>
      <h2>{w.reviews}</h2>
      {value && value.count === 0 && <p class="soft">{w.noReviews}</p>}
      {value && value.count > 0 && (
        <>
          <p class="score">
            {value.rating ? <Stars rating={value.rating} /> : null}
            <span>{w.reviewsCount(value.count)}</span>
          </p>
          <ul class="topics">
            {value.summary.map((topic) => (
              <li key={topic.topic}>
                <p>
                  <strong>{topic.topic}</strong>
                  <span class="soft">{w.positive(topic.positive)} · {w.negative(topic.negative)}</span>
                </p>
                <div class="bar" aria-hidden="true">
                  <i style={{ width: `${(topic.positive / Math.max(1, topic.positive + topic.negative)) * 100}%` }} />
                </div>
              </li>
            ))}
          </ul>
        </>
      )}
      <ul class="quotes">
        {items.map((item, index) => (
          <li key={index}>
            <p class="facts">
              <Stars rating={item.rating} />
              {item.title && <strong>{item.title}</strong>}
            </p>
            <p>{item.body}</p>
            <p class="soft">{[item.author, item.created_at ? day(item.created_at, language) : "", optionText(item.options), item.verified ? w.verified : ""].filter(Boolean).join(" · ")}</p>
          </li>
        ))}
      </ul>
      {value && value.items.length > 0 && items.length < value.count && (
        <button type="button" class="button" disabled={read.state === "loading"} onClick={() => setPage(page + 1)}>{w.moreReviews}</button>
      )}
    </section>
  );
}
