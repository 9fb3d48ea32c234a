/** A pretend shop for working on the front ends without the server. Development only; never shipped. */

const colours = { 블랙: "#2b2a2c", 화이트: "#f3f1ec", 네이비: "#2c3f63", 베이지: "#cdb592", 카키: "#6f7450", 크림: "#efe5d2", 그린: "#58775c", 레드: "#a63d33" };
const english = { 블랙: "Black", 화이트: "White", 네이비: "Navy", 베이지: "Beige", 카키: "Khaki", 크림: "Cream", 그린: "Green", 레드: "Red" };

const P = (handle, category, ko, en, price, before, shape, cols, sizes, brand = ["누리", "Nuri"]) => ({ handle, category, ko, en, price, before, shape, cols, sizes, brand });
const shoes = ["250", "260", "270", "280"];
const alpha = ["S", "M", "L", "XL"];
export const products = [
  P("rain-step", "shoes", "레인스텝 방수 운동화", "Rainstep waterproof sneakers", 89000, 109000, "shoe", ["블랙", "카키"], shoes),
  P("city-loaf", "shoes", "시티 로퍼", "City loafers", 72000, null, "shoe", ["블랙", "베이지"], shoes),
  P("trail-runner-2", "shoes", "트레일 러너 2", "Trail Runner 2", 129000, 149000, "shoe", ["블랙", "네이비", "그린"], shoes),
  P("cloud-hoodie", "clothing", "구름 기모 후드티", "Cloud fleece hoodie", 49000, null, "shirt", ["크림", "네이비"], alpha),
  P("linen-shirt", "clothing", "린넨 반팔 셔츠", "Linen short-sleeve shirt", 39000, 45000, "shirt", ["화이트", "그린"], alpha),
  P("wool-coat", "clothing", "핸드메이드 울 코트", "Handmade wool coat", 219000, null, "shirt", ["베이지", "블랙"], alpha),
  P("rice-cream", "beauty", "쌀겨 수분 크림", "Rice bran moisture cream", 28000, null, "jar", ["크림"], ["50ml"], ["달항아리", "Moonjar"]),
  P("cast-pan", "kitchen", "무쇠 프라이팬 26cm", "Cast iron pan 26 cm", 54000, 62000, "pan", ["블랙"], ["26cm"], ["부뚜막", "Hearth"]),
  P("stone-mug", "kitchen", "돌가루 머그", "Speckled stoneware mug", 16000, null, "jar", ["크림", "그린"], ["350ml"], ["부뚜막", "Hearth"]),
  P("salmon-kibble", "pets", "연어 어덜트 사료", "Salmon adult kibble", 34000, null, "jar", ["레드"], ["2kg"], ["멍집", "Doghouse"]),
  P("quiet-phones", "electronics", "고요 노이즈캔슬링 헤드폰", "Quiet noise-cancelling headphones", 159000, 189000, "pan", ["블랙", "화이트"], ["프리"], ["소리결", "Sorigyeol"]),
  P("pocket-charger", "electronics", "포켓 보조배터리 10000", "Pocket power bank 10000", 32000, null, "jar", ["화이트"], ["10000mAh"], ["소리결", "Sorigyeol"]),
];
export const categories = [["clothing", "의류", "Clothing"], ["shoes", "신발", "Shoes"], ["beauty", "뷰티", "Beauty"], ["kitchen", "주방·홈", "Kitchen & home"], ["pets", "반려동물", "Pets"], ["electronics", "디지털", "Electronics"]];

export const won = (amount) => ({ amount, currency: "KRW", display: `${amount.toLocaleString("ko")}원` });
export const variants = (p) =>
  p.cols.flatMap((col, c) =>
    p.sizes.map((size, s) => ({
      sku: `${p.handle}-${c}-${s}`.toUpperCase(),
      options: { 색상: col, 사이즈: size },
      price: won(p.price),
      compare_at: p.before ? won(p.before) : null,
      in_stock: !(c === 0 && s === 2),
      left: s === 1 ? 2 : 8,
      image: `/images/${p.handle}-${c}.svg`,
    })),
  );
export const item = (p, language, why) => {
  const v = variants(p).find((each) => each.in_stock);
  return {
    product: p.handle, variant: v.sku, title: p[language], brand: p.brand[language === "ko" ? 0 : 1], price: v.price, compare_at: v.compare_at,
    image: v.image, url: `/products/${p.handle}`, in_stock: p.handle !== "city-loaf", left: v.left, options: v.options, rating: 4.4, reviews_count: 37, ...(why ? { why } : {}),
  };
};
export const find = (handle) => products.find((p) => p.handle === handle);

export function picture(name) {
  const [, handle, c] = /^(.*)-(\d)\.svg$/.exec(name) ?? [];
  const p = find(handle);
  if (!p) return null;
  const fill = colours[p.cols[Number(c)]] ?? "#888";
  const forms = {
    shoe: `<path d="M110 350c10-80 30-120 60-130 40 50 90 60 130 40 40 60 110 80 170 90 30 5 40 40 20 60H120c-20 0-20-30-10-60z" fill="${fill}"/><rect x="105" y="400" width="400" height="34" rx="17" fill="#fff" stroke="#d8cfc2"/>`,
    shirt: `<path d="M210 150l-100 60 40 90 40-20v190h220V280l40 20 40-90-100-60c-30 40-150 40-180 0z" fill="${fill}" stroke="#0002" stroke-width="3"/>`,
    jar: `<rect x="190" y="210" width="220" height="240" rx="34" fill="${fill}" stroke="#0002" stroke-width="3"/><rect x="205" y="160" width="190" height="60" rx="16" fill="#d9c9b4"/>`,
    pan: `<circle cx="270" cy="310" r="140" fill="${fill}"/><circle cx="270" cy="310" r="112" fill="#0003"/><rect x="400" y="290" width="150" height="36" rx="18" fill="${fill}"/>`,
  };
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 600"><rect width="600" height="600" fill="#efe7db"/><ellipse cx="300" cy="462" rx="210" ry="20" fill="#0001"/>${forms[p.shape]}</svg>`;
}

export function search(query) {
  const language = query.get("language")?.startsWith("en") ? "en" : "ko";
  const words = (query.get("q") ?? "").toLowerCase().split(/\s+/).filter(Boolean);
  let found = products.filter((p) => !query.get("category") || p.category === query.get("category"));
  const hits = found.filter((p) => words.every((word) => `${p.ko} ${p.en} ${p.category}`.toLowerCase().includes(word)));
  const loosened = words.length && !hits.length ? [language === "ko" ? "검색어" : "search words"] : [];
  found = hits.length || !words.length ? hits : found;
  const colour = query.getAll("color").flatMap((each) => each.split(","));
  if (colour.length) found = found.filter((p) => p.cols.some((each) => colour.includes(english[each].toLowerCase())));
  if (query.get("price_max")) found = found.filter((p) => p.price <= Number(query.get("price_max")));
  if (query.get("sort") === "price_asc") found = found.toSorted((a, b) => a.price - b.price);
  return {
    items: found.map((p) => item(p, language)), total: found.length, page: 1, pages: 1, loosened,
    facets: {
      category: categories.map(([value, ko, en]) => ({ value, label: language === "ko" ? ko : en, count: products.filter((p) => p.category === value).length })),
      color: Object.entries(english).map(([ko, en]) => ({ value: en.toLowerCase(), label: language === "ko" ? ko : en, count: products.filter((p) => p.cols.includes(ko)).length })),
      size: [...shoes, ...alpha].map((value) => ({ value, label: value, count: 3 })),
      price: { min: won(16000), max: won(219000) },
    },
  };
}

export function detail(handle, language) {
  const p = find(handle);
  if (!p) return null;
  const ko = language === "ko";
  return {
    product: p.handle, title: p[language], brand: p.brand[ko ? 0 : 1], category: categories.find(([slug]) => slug === p.category)[ko ? 1 : 2],
    description_html: ko ? "<p>비 오는 날에도 발이 보송해요. 밑창 홈이 깊어 젖은 보도블록에서도 덜 미끄러지고, 발등을 넉넉히 감싸 오래 걸어도 편해요.</p>" : "<p>Dry feet on wet days. Deep tread grips soaked pavement, and the roomy upper stays comfortable on long walks.</p>",
    attributes: (ko ? [["소재", "고어텍스, 폴리에스터"], ["방수", "생활 방수"], ["무게", "320g (270 기준)"], ["원산지", "대한민국"], ["세탁", "손세탁"]] : [["Material", "Gore-Tex, polyester"], ["Waterproof", "Yes"], ["Weight", "320 g (size 270)"], ["Origin", "Korea"], ["Care", "Hand wash"]]).map(([name, value]) => ({ name, value })),
    options: [{ name: "색상", values: p.cols.map((each) => ({ value: each, label: ko ? each : english[each] })) }, { name: "사이즈", values: p.sizes.map((value) => ({ value, label: value })) }],
    variants: variants(p), images: p.cols.map((_, c) => `/images/${handle}-${c}.svg`), rating: 4.4, reviews_count: 37,
    shelf: [{ branch: "gangnam", name: "강남점", in_stock: true }, { branch: "hongdae", name: "홍대점", in_stock: false }],
    size_chart: p.sizes.length > 3 ? { unit: "mm", rows: [{ size: "260", foot_length: 260, foot_width: 98 }, { size: "270", foot_length: 270, foot_width: 102 }] } : null,
  };
}

export const reviews = (language) => ({
  summary: [
    { topic: language === "ko" ? "쿠션" : "Cushioning", positive: 18, negative: 3, quotes: [language === "ko" ? "하루 종일 서 있어도 발이 덜 아파요" : "Soft enough for a whole shift"] },
    { topic: language === "ko" ? "사이즈" : "Fit", positive: 9, negative: 7, quotes: [language === "ko" ? "반 사이즈 크게 나왔어요" : "Runs half a size large"] },
  ],
  rating: 4.4, count: 37, page: 1, pages: 4,
  items: [
    { rating: 5, title: "비 오는 날 최고", body: "장마 내내 신었는데 양말이 한 번도 안 젖었어요.", author: "김*지", created_at: "2026-10-02", verified: true, options: { 색상: "블랙", 사이즈: "260" } },
    { rating: 3, title: "", body: "Nice shoe but the laces are too long.", author: "M. Reed", created_at: "2026-09-11", verified: true },
  ],
});

export const order = (number) => ({
  order: number, status: "shipped", placed_at: "2026-11-18T10:12:00+09:00",
  lines: [{ sku: "RAIN-STEP-0-1", product: "rain-step", title: "레인스텝 방수 운동화", options: { 색상: "블랙", 사이즈: "260" }, quantity: 1, unit_price: won(89000), total: won(89000), image: "/images/rain-step-0.svg", url: "/products/rain-step" }],
  shipping: won(0), total: won(89000),
  shipments: [{ carrier: "CJ대한통운", tracking_no: "641234567890", status: "in_transit", eta: "2026-11-23", url: "https://example.com/track", events: [{ at: "2026-11-19T21:04:00+09:00", text: "간선상차", place: "옥천HUB" }] }],
});
