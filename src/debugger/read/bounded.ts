/** A text cut to what is worth reading, and how many characters of it were left out. */
export interface BoundedText {
  readonly text: string;
  readonly leftOut: number;
}

const headSize = 64 * 1024;
const tailSize = 384 * 1024;
const windowSize = 4 * 1024;
const windowLimit = 24;
const longestLine = 20_000;
/** What an error in the middle of a long log is announced by. */
const announcement =
  /\bError: |\[ERROR\]|"@level":"error"|Exception: |An error occurred \(|api error |_FAILED\b/g;

/** Head and tail of a long text, with those places between them that announce an error. Linear in its input. */
export function bound(text: string): BoundedText {
  if (text.length <= headSize + tailSize) return { text: cutLines(text), leftOut: 0 };
  const end = text.length - tailSize;
  const kept = [text.slice(0, headSize), ...windows(text.slice(headSize, end)), text.slice(end)];
  const length = kept.reduce((sum, part) => sum + part.length, 0);
  return { text: cutLines(kept.join("\n\n")), leftOut: text.length - length };
}

function windows(middle: string): readonly string[] {
  const found: string[] = [];
  announcement.lastIndex = 0;
  while (found.length < windowLimit) {
    const match = announcement.exec(middle);
    if (match === null) break;
    const start = middle.lastIndexOf("\n", match.index) + 1;
    const from = Math.max(start, match.index - windowSize);
    const to = match.index + windowSize;
    found.push(middle.slice(from, to));
    announcement.lastIndex = to;
  }
  return found;
}

/** A line longer than this is a dump; its end rarely says more than its start. */
function cutLines(text: string): string {
  if (text.length <= longestLine) return text;
  return text
    .split("\n")
    .map((line) =>
      line.length > longestLine ? `${line.slice(0, longestLine / 2)} ${line.slice(-longestLine / 2)}` : line,
    )
    .join("\n");
}
