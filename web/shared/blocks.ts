/** The chat API's blocks, as the server sends them (field names are the API's). */

export interface Money {
  amount: number;
  currency: string;
  display: string;
}

export type Options = Record<string, string>;

export interface ProductItem {
  product: string;
  variant?: string | null;
  title: string;
  brand?: string | null;
  price: Money;
  compare_at?: Money | null;
  image?: string | null;
  url?: string | null;
  in_stock: boolean;
  left?: number | null;
  options?: Options | null;
  rating?: number | null;
  reviews_count?: number | null;
  why?: string | null;
}

export interface CartLine {
  line: string | number;
  product: string;
  variant: string;
  sku: string;
  title: string;
  options?: Options | null;
  quantity: number;
  unit_price: Money;
  total: Money;
  image?: string | null;
  note?: string | null;
}

export interface Discount {
  label: string;
  code?: string | null;
  amount: Money;
}

export interface Cart {
  lines: CartLine[];
  subtotal: Money;
  discounts?: Discount[];
  shipping?: Money | null;
  total: Money;
  note?: string | null;
}

export interface Source {
  title: string;
  article?: string;
  url?: string | null;
}

export interface Choice {
  id: string;
  label: string;
}

export interface Review {
  rating: number;
  title?: string | null;
  body: string;
  author?: string | null;
  created_at?: string | null;
  verified?: boolean;
  options?: Options | null;
}

export interface Topic {
  topic: string;
  positive: number;
  negative: number;
  quotes?: string[];
}

export interface Reviews {
  summary: Topic[];
  rating?: number | null;
  count: number;
  items: Review[];
  page?: number;
  pages?: number;
}

export interface OrderLine {
  sku?: string;
  product?: string;
  title: string;
  options?: Options | null;
  quantity: number;
  unit_price?: Money;
  total?: Money;
  image?: string | null;
  url?: string | null;
}

export interface ShipmentEvent {
  at?: string;
  status?: string;
  text?: string;
  place?: string;
}

export interface Shipment {
  carrier?: string | null;
  tracking_no?: string | null;
  status: string;
  eta?: string | null;
  url?: string | null;
  events?: ShipmentEvent[];
}

export interface Order {
  order: string;
  status: string;
  placed_at: string;
  lines: OrderLine[];
  subtotal?: Money;
  discounts?: Discount[];
  shipping?: Money | null;
  total: Money;
  refunded?: Money | null;
  shipments: Shipment[];
  payment_url?: string | null;
  address?: string | Record<string, string> | null;
}

export interface FormField {
  name: string;
  label: string;
  type: string;
  required?: boolean;
  value?: string | null;
  options?: Choice[];
  error?: string | null;
}

export interface FieldError {
  field?: string;
  detail?: string;
  message?: string;
}

interface Of<K extends string> {
  kind: K;
  id: string;
}

export type TextBlock = Of<"text"> & { text: string; sources?: Source[] };
export type ProductsBlock = Of<"products"> & { items: ProductItem[] };
export type ChoicesBlock = Of<"choices"> & { options: Choice[] };
export type ComparisonBlock = Of<"comparison"> & {
  products: ProductItem[];
  rows: { attribute: string; values: (string | null)[] }[];
  advice?: string | null;
};
export type ReviewsBlock = Of<"reviews"> & Reviews;
export type CartBlock = Of<"cart"> & Cart;
export type CheckoutBlock = Of<"checkout"> & {
  step: string;
  needs?: string[];
  quote?: { shipping?: Money | null; eta?: string | null; total?: Money | null } | null;
  payment_url?: string | null;
  /** What was given so far, read back: by its name. */
  summary?: Record<string, string>;
};
export type OrderBlock = Of<"order"> & Order;
export type ReturnBlock = Of<"return"> & {
  return?: string | null;
  order: string;
  lines: OrderLine[];
  status: string;
  refund?: Money | null;
  exchange_for?: OrderLine[] | null;
  label_url?: string | null;
  steps?: (string | { label?: string; text?: string; done?: boolean })[];
};
export type FormBlock = Of<"form"> & { form: string; fields: FormField[] };
export type HandoffBlock = Of<"handoff"> & {
  state: "queued" | "joined" | "left" | "closed";
  position?: number | null;
  wait?: string | null;
  agent?: string | null;
};
export type NoticeBlock = Of<"notice"> & { topic: string; text: string };
export type LinkBlock = Of<"link"> & { label: string; url: string };

export type Block =
  | TextBlock
  | ProductsBlock
  | ChoicesBlock
  | ComparisonBlock
  | ReviewsBlock
  | CartBlock
  | CheckoutBlock
  | OrderBlock
  | ReturnBlock
  | FormBlock
  | HandoffBlock
  | NoticeBlock
  | LinkBlock;

export type ServedBy = "assistant" | "queue" | "person";

export interface TranscriptEntry {
  /** Its place in the server's log; missing while only this page knows it. */
  seq?: number;
  turn: number;
  from: "shopper" | "assistant" | "staff";
  id?: string | null;
  text?: string | null;
  choice?: string | null;
  attachments?: string[] | null;
  blocks?: Block[] | null;
  /** The text was heard, not typed. */
  spoken?: boolean;
  at?: string;
}
