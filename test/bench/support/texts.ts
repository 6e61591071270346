/** Numbers that look random and are the same on each run, so that both sides of a comparison get the same texts. */
export function numbersFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const common =
  "the i my to and a it is not in on for of with this was that have but please when can you an we order page account after before still need help tried again error payment invoice login password address delivery refund app update email number card charged twice since yesterday today working does shows checkout".split(
    " ",
  );
const syllables = "ba ce di fo gu la me ni po ru sa te vi zo ka len mar tin dor vel ran sto pri clo ent ard".split(" ");

/** A vocabulary as texts have it: a few words everywhere, thousands rarely. */
function vocabulary(size: number): string[] {
  const next = numbersFrom(7);
  const words = new Set(common);
  while (words.size < size) {
    let word = "";
    for (let parts = 2 + Math.floor(next() * 3); parts > 0; parts -= 1)
      word += syllables[Math.floor(next() * syllables.length)];
    words.add(word);
  }
  return [...words];
}
const words = vocabulary(8000);

/** Writes texts of a help desk's usual lengths; one in five uses Markdown. */
export function writer(seed: number): {
  subject(): string;
  message(): string;
  pick<T>(list: readonly T[]): T;
  next(): number;
} {
  const next = numbersFrom(seed);
  // Zipf: the chance of a word falls with its rank.
  const word = () => words[Math.floor(words.length ** next()) - 1] ?? "help";
  const sentence = () => {
    const text = Array.from({ length: 6 + Math.floor(next() * 12) }, word).join(" ");
    return `${text[0]?.toUpperCase()}${text.slice(1)}.`;
  };
  const paragraph = () => Array.from({ length: 1 + Math.floor(next() * 3) }, sentence).join(" ");
  return {
    next,
    pick: (list) => list[Math.floor(next() * list.length)] as (typeof list)[number],
    subject: () => {
      const text = Array.from({ length: 3 + Math.floor(next() * 5) }, word).join(" ");
      return `${text[0]?.toUpperCase()}${text.slice(1)}`.slice(0, 200).padEnd(3, "?");
    },
    message: () => {
      const text = Array.from({ length: 1 + Math.floor(next() * 3) }, paragraph).join("\n\n");
      if (next() >= 0.2) return text;
      return `${text}\n\n1. **${word()}** ${word()} ${word()}\n2. \`${word()}-${Math.floor(next() * 1e6)}\` ${word()}\n\nSee https://shop.example/${word()}`;
    },
  };
}
