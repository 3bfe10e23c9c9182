/** Widths of the printable ASCII characters, from space on, in thousandths of the font size: those of Helvetica. */
const widths = [
  278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556,
  556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278,
  500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469,
  556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500,
  278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
];
const wide = 700;

/** The reader's font is not known, and the widest usual ones are an eighth wider. */
const reserve = 1.13;

/** Bold letters are this much wider. */
export const bold = 1.07;

/** About how wide a text will be, whatever the machine: pictures must not depend on who draws them. */
export function textWidth(text: string, fontSize: number): number {
  const units = [...text].reduce((sum, letter) => sum + (widths[letter.charCodeAt(0) - 32] ?? wide), 0);
  return Math.ceil((units / 1000) * fontSize * reserve);
}

/** Breaks a text between words into lines that are no wider than the limit, where its words allow it. */
export function wrapText(text: string, fontSize: number, limit: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const line = lines.at(-1);
    if (line !== undefined && textWidth(`${line} ${word}`, fontSize) <= limit)
      lines.splice(-1, 1, `${line} ${word}`);
    else lines.push(word);
  }
  return lines;
}
