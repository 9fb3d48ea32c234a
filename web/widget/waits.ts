/** Waiting: for so long, or until the browser is online again. */
export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

export function backOnlineOr(ms: number): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      window.removeEventListener("online", done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    window.addEventListener("online", done);
  });
}

/** Work that is never done twice at the same time: asked for meanwhile, it is done once more when it ends. */
export function oneAtATime(work: () => Promise<void>): () => Promise<void> {
  let underway: Promise<void> | null = null;
  let again = false;
  const run = async () => {
    try {
      do {
        again = false;
        await work();
      } while (again);
    } finally {
      underway = null;
    }
  };
  return () => {
    again = true;
    return (underway ??= run());
  };
}
