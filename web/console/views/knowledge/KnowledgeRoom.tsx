import { useWords } from "../../context";
import { Sheet, Tabs } from "../ui";
import { AnswersTab } from "./AnswersTab";
import { ArticleEditor } from "./ArticleEditor";
import { ArticlesTab } from "./ArticlesTab";
import { GapsTab } from "./GapsTab";
import { SampleTab } from "./SampleTab";
import { TeachingTab } from "./TeachingTab";

const TABS = ["articles", "gaps", "answers", "teaching", "sample"] as const;

/** What the assistant knows: its articles, what they leave open, what staff answered, what was misread. */
export function KnowledgeRoom({ rest, query }: { rest: string[]; query: URLSearchParams }) {
  const { w } = useWords();
  const tab = TABS.find((each) => each === rest[0]) ?? "articles";
  if (tab === "articles" && rest[1]) return <ArticleEditor key={`${rest[1]}:${rest[2] ?? ""}`} slug={rest[1]} language={rest[2] ?? "ko"} question={query.get("question") ?? ""} />;
  return (
    <Sheet title={w.rooms["knowledge"] ?? ""} lead={w.k.leads[tab]}>
      <Tabs label={w.rooms["knowledge"] ?? ""} at={tab} tabs={TABS.map((each) => ({ id: each, label: w.k.tabs[each], href: `/console/knowledge/${each}` }))} />
      {tab === "articles" ? <ArticlesTab /> : tab === "gaps" ? <GapsTab /> : tab === "answers" ? <AnswersTab /> : tab === "teaching" ? <TeachingTab /> : <SampleTab />}
    </Sheet>
  );
}
