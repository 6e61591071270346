/** Moves along `items` for the keys of menus and listboxes; a letter goes to the next item that begins with it. */
export function nextItem(items: readonly HTMLElement[], current: number, key: string): number | undefined {
  const last = items.length - 1;
  if (key === "ArrowDown") return Math.min(last, current + 1);
  if (key === "ArrowUp") return Math.max(0, current - 1);
  if (key === "Home") return 0;
  if (key === "End") return last;
  if (key.length !== 1 || key === " ") return undefined;
  const letter = key.toLocaleLowerCase();
  for (let step = 1; step <= items.length; step += 1) {
    const at = (current + step) % items.length;
    if (items[at]?.textContent?.trim().toLocaleLowerCase().startsWith(letter)) return at;
  }
  return undefined;
}
