import { useState } from "preact/hooks";
import { Icon } from "../../../shared/icons";
import { useWords } from "../../context";

/** Files of an entry: a picture is shown small, everything opens as a download. */
export function Attachments({ conversation, files }: { conversation: string; files: string[] }) {
  return (
    <ul class="files">
      {files.map((file, index) => (
        <File key={file} number={index + 1} url={`/api/staff/conversations/${encodeURIComponent(conversation)}/attachments/${encodeURIComponent(file)}`} />
      ))}
    </ul>
  );
}

function File({ url, number }: { url: string; number: number }) {
  const { w } = useWords();
  const [picture, setPicture] = useState(true);
  const label = w.file(number);
  return (
    <li>
      <a href={url} download aria-label={label}>
        {picture ? (
          <img src={url} alt="" loading="lazy" onError={() => setPicture(false)} />
        ) : (
          <span class="file-name">
            <Icon name="file" size={18} />
            {label}
          </span>
        )}
      </a>
    </li>
  );
}
