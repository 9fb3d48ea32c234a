/** Line icons, drawn for this project on a 24 px grid. */

const paths = {
  close: "M6 6l12 12M18 6L6 18",
  menu: "M5 12h.01M12 12h.01M19 12h.01",
  send: "M5 12l14-7-4.5 14-3-6z",
  attach: "M20 11.5l-7.6 7.6a5 5 0 0 1-7.1-7.1l8.2-8.2a3.4 3.4 0 0 1 4.8 4.8l-8 8a1.7 1.7 0 0 1-2.4-2.4l7.2-7.2",
  down: "M6 9l6 6 6-6",
  up: "M7 11v9H4v-9zM7 11l4-8a2.4 2.4 0 0 1 2.4 2.6L13 9h5.4a2 2 0 0 1 2 2.4l-1.3 7A2 2 0 0 1 17.1 20H7",
  thumbDown: "M17 13V4h3v9zM17 13l-4 8a2.4 2.4 0 0 1-2.4-2.6L11 15H5.6a2 2 0 0 1-2-2.4l1.3-7A2 2 0 0 1 6.9 4H17",
  plus: "M12 5v14M5 12h14",
  minus: "M5 12h14",
  trash: "M5 7h14M10 7V4.5h4V7M7 7l.8 12.5h8.4L17 7M10.5 11v5M13.5 11v5",
  bag: "M6 8h12l1 12H5zM9 8V7a3 3 0 0 1 6 0v1",
  heart: "M12 20s-7.5-4.6-7.5-10A4.3 4.3 0 0 1 12 7.3 4.3 4.3 0 0 1 19.5 10c0 5.4-7.5 10-7.5 10z",
  star: "M12 4l2.5 5.1 5.600.8-4 4 .9 5.6-5-2.7-5 2.700.9-5.6-4-4 5.6-.8z",
  person: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.5 20a7.5 7.5 0 0 1 15 0",
  power: "M12 4v8M7 7a7 7 0 1 0 10 0",
  again: "M5 12a7 7 0 1 1 2 5M5 18v-4h4",
  check: "M5 12.5l4.5 4.5L19 7.5",
  truck: "M3 7h11v9H3zM14 10h4l3 3v3h-7zM7 19a1.8 1.8 0 1 0 0-3.6A1.8 1.8 0 0 0 7 19zM17.5 19a1.8 1.8 0 1 0 0-3.6 1.8 1.8 0 0 0 0 3.6z",
  info: "M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16zM12 11v5M12 8h.01",
  link: "M14 5h5v5M19 5l-8 8M17 14v5H5V7h5",
  file: "M7 3.5h7l4 4V20.5H7zM14 3.5v4h4",
  book: "M12 6.5C10 5 7 5 4.5 5.5v13C7 18 10 18 12 19.5c2-1.5 5-1.5 7.5-1v-13C17 5 14 5 12 6.5zM12 6.5v13",
  inbox: "M4 13h4.500l1.500 2.500h4l1.500-2.500h4.500M4 13l2.500-7.500h11l2.500 7.500v5.500h-16z",
  search: "M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM16 16l4.500 4.500",
  filter: "M4 6h16M7 12h10M10 18h4",
  clock: "M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16zM12 7.500v5l3 2",
  hand: "M4 13.500v-3M8 12V5.500a1.500 1.500 0 0 1 3 0V11V4.500a1.500 1.500 0 0 1 3 0V11V6a1.500 1.500 0 0 1 3 0v8a6 6 0 0 1-6 6c-3.500 0-5-2-7-5.500",
  shield: "M12 4l7 2.500v5c0 4.500-3 7.500-7 8.500-4-1-7-4-7-8.500v-5zM9 12l2.200 2.200L15.300 10",
  chart: "M5 20V11M12 20V5M19 20v-6",
  people: "M9 11.500a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7zM2.500 19.500a6.500 6.500 0 0 1 13 0M16 11.200a3 3 0 1 0-1-5.800M18 14.200a5.500 5.500 0 0 1 3.500 5.300",
  gear: "M12 15.200a3.200 3.200 0 1 0 0-6.400 3.200 3.200 0 0 0 0 6.400zM12 3.500v2.300M12 18.200v2.300M3.500 12h2.300M18.200 12h2.300M6 6l1.600 1.600M16.400 16.400L18 18M6 18l1.600-1.600M16.400 7.600L18 6",
  list: "M8 6h12M8 12h12M8 18h12M4 6h.01M4 12h.01M4 18h.01",
  bolt: "M13 3.500L5.500 13.500H12L11 20.500l7.500-10H12z",
  move: "M4 12h13M12.500 7l5 5-5 5M20 5v14",
  note: "M5 4.500h14v10l-5 5H5zM14 19.500v-5h5",
  quote: "M5 5h14v11h-8l-4 4v-4H5z",
  spark: "M12 4l1.800 5.200L19 11l-5.200 1.800L12 18l-1.800-5.200L5 11l5.200-1.800zM19 16v4M17 18h4",
  bell: "M6 16.500V11a6 6 0 0 1 12 0v5.500l1.500 1.500h-15zM10 20.500h4",
  back: "M14.500 5.500L8 12l6.500 6.500",
  tag: "M4 12.500V5h7.500l8 8-7.500 7.500zM8 9h.01",
  merge: "M6 4v5c0 3 2 4 6 4s6 1 6 4v3M18 4v5c0 3-2 4-6 4M15 17l3 3 3-3",
  side: "M4 5h16v14H4zM14.500 5v14",
  flag: "M6 20.500V4.500h11l-2 4 2 4H6",
  key: "M9 15a4.500 4.500 0 1 0 0-9 4.500 4.500 0 0 0 0 9zM12.500 12.500L20 20M17 17l2-2",
  eye: "M3 12c2.500-4.500 5.500-6.500 9-6.500s6.500 2 9 6.500c-2.500 4.500-5.500 6.500-9 6.500S5.500 16.500 3 12zM12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6z",
  out: "M14 5H5v14h9M10 12h10M16.500 8.500L20 12l-3.500 3.500",
  bars: "M4 7h16M4 12h16M4 17h16",
  mic: "M12 14.500a3.500 3.500 0 0 0 3.500-3.500V7a3.500 3.500 0 0 0-7 0v4a3.500 3.500 0 0 0 3.500 3.500zM5.500 11a6.500 6.500 0 0 0 13 0M12 17.500V21",
  speaker: "M4 9.500v5h3.500L12 18.500v-13L7.500 9.500zM15.500 9a4 4 0 0 1 0 6M18 6.500a7.500 7.500 0 0 1 0 11",
  mute: "M4 9.500v5h3.500L12 18.500v-13L7.500 9.500zM16 9.500l5 5M21 9.500l-5 5",
  pen: "M5 19l1-4L16 5l3 3L9 18zM14 7l3 3",
} as const;

export type IconName = keyof typeof paths;

export function Icon({ name, size = 20 }: { name: IconName; size?: number }) {
  return (
    <svg class="icon" width={size} height={size} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={paths[name]} fill="none" stroke="currentColor" stroke-width={name === "menu" ? 3 : 1.8} stroke-linecap="round" stroke-linejoin="round" />
    </svg>
  );
}

/** The mark of the house: a speech bubble that smiles at a regular. */
export function Mark({ size = 28 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <path d="M16 4.5c7 0 12 4.5 12 10.5s-5 10.5-12 10.5c-1.3 0-2.6-.2-3.8-.5L6.8 27.6c-.7.3-1.3-.4-1.1-1.1l1-3.9C4.9 20.6 4 18 4 15 4 9 9 4.5 16 4.5z" fill="currentColor" />
      <path d="M11 15.2c1 2.8 2.8 4.2 5 4.2s4-1.4 5-4.2" fill="none" stroke="var(--mark-face, #fff)" stroke-width="2.2" stroke-linecap="round" />
      <circle cx="11.7" cy="11.6" r="1.4" fill="var(--mark-face, #fff)" />
      <circle cx="20.3" cy="11.6" r="1.4" fill="var(--mark-face, #fff)" />
    </svg>
  );
}
