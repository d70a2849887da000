/**
 * How much two texts share: the 5-grams of the smaller one that the other one has too. Words where
 * a language puts spaces, characters in Chinese, Japanese and Thai.
 */
import { normalise } from '../../src/judge/normalise.ts'
import { tokenise } from '../../src/judge/tokens.ts'

const gramLength = 5
const unspacedLanguages = new Set(['zh', 'ja', 'th'])

/** Words share less by chance than characters do. */
export const sharedMax = (language: string): number => (unspacedLanguages.has(language) ? 0.7 : 0.5)

/** One spelling: neither case, marks nor spaces tell two texts apart. */
export const bare = (text: string): string => tokenise(normalise(text)).join(' ')

/** A text of fewer than five units is one gram. */
export function gramsOf(text: string, language: string): ReadonlySet<string> {
  const words = tokenise(normalise(text))
  const units = unspacedLanguages.has(language) ? Array.from(words.join('')) : words
  const grams = new Set<string>()
  for (let i = 0; i === 0 || i + gramLength <= units.length; i++) {
    grams.add(units.slice(i, i + gramLength).join(' '))
  }
  return grams
}

export function sharedPart(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  const [small, large] = one.size <= other.size ? [one, other] : [other, one]
  let shared = 0
  for (const gram of small) if (large.has(gram)) shared++
  return shared / small.size
}

/** Pairs of ids whose texts are too much alike, with the share. */
export function alikeIn(texts: ReadonlyMap<string, string>, language: string): string[] {
  const grams = [...texts].map(([id, text]) => ({
    id,
    bare: bare(text),
    grams: gramsOf(text, language),
  }))
  const alike: string[] = []
  grams.forEach((one, i) => {
    for (const other of grams.slice(i + 1)) {
      const shared = one.bare === other.bare ? 1 : sharedPart(one.grams, other.grams)
      if (shared >= sharedMax(language)) alike.push(`${one.id} ${other.id} ${shared.toFixed(2)}`)
    }
  })
  return alike
}
