import type { Block } from "../blocks";
import { CartView } from "./CartView";
import { CheckoutView } from "./CheckoutView";
import { ChoicesView } from "./ChoicesView";
import { ComparisonView } from "./ComparisonView";
import { FormView } from "./FormView";
import { HandoffView, LinkView, NoticeView } from "./NoticeView";
import { OrderView, ReturnView } from "./OrderView";
import { ProductsView } from "./ProductsView";
import { ReviewsView } from "./ReviewsView";
import { TextView } from "./TextView";

interface Props {
  block: Block;
  /** What the shopper said after it, if they did. */
  chosen: string | null;
  /** Is this the newest cart shown? Only that one may be changed. */
  live: boolean;
}

/** Draws any block of the chat API; a kind this widget does not know yet still shows its words. */
export function BlockView({ block, chosen, live }: Props) {
  switch (block.kind) {
    case "text":
      return <TextView block={block} />;
    case "products":
      return <ProductsView block={block} />;
    case "choices":
      return <ChoicesView block={block} said={chosen} />;
    case "comparison":
      return <ComparisonView block={block} />;
    case "reviews":
      return <ReviewsView block={block} />;
    case "cart":
      return <CartView block={block} newest={live} past={chosen !== null} />;
    case "checkout":
      return <CheckoutView block={block} />;
    case "order":
      return <OrderView block={block} />;
    case "return":
      return <ReturnView block={block} />;
    case "form":
      return <FormView block={block} said={chosen} />;
    case "handoff":
      return <HandoffView block={block} />;
    case "notice":
      return <NoticeView block={block} />;
    case "link":
      return <LinkView block={block} />;
    default:
      return <UnknownView block={block as unknown as Record<string, unknown>} />;
  }
}

function UnknownView({ block }: { block: Record<string, unknown> }) {
  const text = block["text"] ?? block["label"];
  return typeof text === "string" ? <p class="bubble">{text}</p> : null;
}
