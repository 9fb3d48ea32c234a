import { useEffect, useState } from "preact/hooks";
import { Icon } from "../../shared/icons";
import { useSurface, useWords } from "../context";

/** Files of an entry: pictures are shown, everything can be kept. */
export function Files({ files }: { files: string[] }) {
  return <ul class="sent-files">{files.map((file, index) => <Sent key={file} file={file} number={index + 1} />)}</ul>;
}

interface Loaded {
  url: string;
  /** As data: pages often allow pictures from there and not from blobs. */
  picture: string | null;
}

function Sent({ file, number }: { file: string; number: number }) {
  const { conversation } = useSurface();
  const { w } = useWords();
  const [loaded, setLoaded] = useState<Loaded | null | undefined>(undefined);
  useEffect(() => {
    let url = "";
    let gone = false;
    conversation.file(file).then(
      async (blob) => {
        const picture = blob.type.startsWith("image/") ? await asData(blob) : null;
        if (gone) return;
        url = URL.createObjectURL(blob);
        setLoaded({ url, picture });
      },
      () => !gone && setLoaded(null),
    );
    return () => {
      gone = true;
      if (url) URL.revokeObjectURL(url);
    };
  }, [file]);
  const name = w.file(number);
  if (loaded === null) return <li class="is-gone">{w.fileGone}</li>;
  if (!loaded) return <li><span class="spinner" role="img" aria-label={name} /></li>;
  return (
    <li>
      <a href={loaded.url} download={file} aria-label={name}>
        {loaded.picture ? <img src={loaded.picture} alt={name} onError={() => setLoaded({ ...loaded, picture: null })} /> : <span class="file-name"><Icon name="file" size={18} />{name}</span>}
      </a>
    </li>
  );
}

function asData(blob: Blob): Promise<string | null> {
  return new Promise((resolve) => {
    const reader = new FileReader();
    reader.onload = () => resolve(typeof reader.result === "string" ? reader.result : null);
    reader.onerror = () => resolve(null);
    reader.readAsDataURL(blob);
  });
}
