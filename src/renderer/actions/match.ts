/**
 * How well a command answers to what was typed, 0 (not at all) to 1. Its name counts most: its start, the start of a
 * word in it, any part of it, then its letters in order with others between; what is said about it only as it is typed.
 */
export function matchOf(typed: string, title: string, about: string): number {
  const wanted = typed.trim().toLowerCase();
  const name = title.toLowerCase();
  if (name.startsWith(wanted)) return 1;
  if (name.split(/[^\p{Letter}\p{Number}]+/u).some((word) => word.startsWith(wanted))) return 0.8;
  if (name.includes(wanted)) return 0.6;
  if (about.toLowerCase().includes(wanted)) return 0.4;
  return hasInOrder(name, wanted) ? 0.2 : 0;
}

function hasInOrder(name: string, wanted: string): boolean {
  let from = 0;
  return [...wanted].every((letter) => {
    const at = name.indexOf(letter, from);
    from = at + 1;
    return at >= 0;
  });
}
