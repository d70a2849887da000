/**
 * Whether two turns are nearly the same text: the Jaccard similarity of their sets of character
 * 3-grams, exactly. Characters need no words, so it is alike for every language.
 */
const gramLength = 3
/** Of a longer text the beginning is compared. */
const charsMax = 1000

export const gramsOf = (text: string): ReadonlySet<string> => {
  const short = text.slice(0, charsMax)
  const grams = new Set<string>()
  for (let at = 0; at + gramLength <= short.length; at++) {
    grams.add(short.slice(at, at + gramLength))
  }
  return grams
}

/** 0 where a side has no 3-gram. */
export const jaccard = (a: ReadonlySet<string>, b: ReadonlySet<string>): number => {
  if (a.size === 0 || b.size === 0) return 0
  let both = 0
  for (const gram of a) if (b.has(gram)) both++
  return both / (a.size + b.size - both)
}
