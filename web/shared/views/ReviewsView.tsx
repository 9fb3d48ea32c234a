import type { Review, ReviewsBlock, Topic } from "../blocks";
import { day, optionText } from "../wording";
import { useWords } from "./context";
import { CardHead, Stars } from "./parts";

/** What buyers say, by topic with counts, in their own words. */
export function ReviewsView({ block }: { block: ReviewsBlock }) {
  const { w } = useWords();
  return (
    <div class="card">
      <CardHead icon="star" aside={block.rating ? <Stars rating={block.rating} /> : null}>{w.reviewCount(block.count)}</CardHead>
      {block.summary.length > 0 && (
        <ul class="topics">
          {block.summary.map((topic) => (
            <TopicBar key={topic.topic} topic={topic} />
          ))}
        </ul>
      )}
      {block.items.length > 0 && (
        <ul class="quotes">
          {block.items.map((item, index) => (
            <Quote key={index} item={item} />
          ))}
        </ul>
      )}
    </div>
  );
}

function TopicBar({ topic }: { topic: Topic }) {
  const { w } = useWords();
  const all = topic.positive + topic.negative;
  const quote = topic.quotes?.[0];
  return (
    <li>
      <p>
        <strong>{topic.topic}</strong>
        <span class="quiet">{w.positive(topic.positive)} · {w.negative(topic.negative)}</span>
      </p>
      <div class="bar" aria-hidden="true">
        <i style={{ width: `${all ? (topic.positive / all) * 100 : 0}%` }} />
      </div>
      {quote && <q>{quote}</q>}
    </li>
  );
}

function Quote({ item }: { item: Review }) {
  const { w, language } = useWords();
  const by = [item.author, item.created_at ? day(item.created_at, language) : "", optionText(item.options), item.verified ? w.verified : ""].filter(Boolean).join(" · ");
  return (
    <li>
      <p class="facts">
        <Stars rating={item.rating} />
        {item.title && <strong>{item.title}</strong>}
      </p>
      <p>{item.body}</p>
      <p class="quiet">{by}</p>
    </li>
  );
}
