/** What the doors of knowledge and learning send. */
export interface ArticleLine {
  slug: string;
  language: string;
  title: string;
  tags: string[];
  updated_at: string;
}

export interface ArticleVersion {
  id: number;
  at: string;
  staff: { id: string; name: string } | null;
  title: string;
  tags: string[];
  body: string;
}

export interface ArticlePage extends ArticleLine {
  body: string;
  versions: ArticleVersion[];
}

export interface Passage {
  headings: string[];
  text: string;
}

export interface Found {
  text: string;
  title: string;
  article: string;
  url: string | null;
}

export interface SuggestedAnswer {
  id: number;
  question: string;
  answer: string;
  language: string;
  title: string;
  article: string | null;
  changes: boolean;
  gaps: number[];
  state: "proposed" | "approved" | "rejected" | "withdrawn";
  author: string;
  created_at: string;
  decided_by: string | null;
  /** Where staff gave this answer to a customer. */
  conversation: string | null;
}

/** A reading of yesterday, drawn by chance, to agree or disagree with. */
export interface ToJudge {
  conversation_id: string;
  seq: number;
  day: string;
  language: string;
  text: string;
  intents: string[];
  moment: { before: { sender: string; text: string }[]; reply: string };
}

export interface AgreementLine {
  language: string;
  intent: string;
  agreed: number;
  judged: number;
  share: number | null;
}

export interface AgreementNotice {
  id: number;
  day: string;
  language: string;
  agreed: number;
  judged: number;
  agreed_before: number;
  judged_before: number;
  seen_by: string | null;
}

export interface Misread {
  conversation_id: string;
  seq: number;
  at: string;
  language: string;
  text: string;
  intents: [string, number][];
  signals: string[];
  gap: number | null;
  asked: string;
}

export interface Alike {
  text: string;
  count: number;
  signals: Record<string, number>;
  messages: Misread[];
}

export interface Lesson {
  id: number;
  conversation_id: string | null;
  language: string;
  text: string;
  intents: string[];
  verdict: "teach" | "right" | "ignore";
  state: SuggestedAnswer["state"];
  author: string;
  created_at: string;
}

export interface Intents {
  known: string[];
  own: { name: string; description: string }[];
  entities: string[];
}
