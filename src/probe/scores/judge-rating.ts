/**
 * What the judge of MT-Bench says (Zheng et al. 2023): `[[rating]]` from 1 to 10 of one answer, or
 * `[[A]]`, `[[B]]`, `[[C]]` (a tie) of two. Of two answers each order is asked, and only what both
 * orders agree on is a win: a judge likes the first place.
 */

/** Undefined: the judgement holds no rating from 1 to 10. */
export function ratingIn(judgement: string): number | undefined {
  const found =
    /\[\[\s{0,3}(\d{1,2}(?:\.\d{1,3})?)\s{0,3}\]\]/.exec(judgement) ??
    /\[(\d{1,2}(?:\.\d{1,3})?)\]/.exec(judgement)
  const rating = Number(found?.[1])
  return rating >= 1 && rating <= 10 ? rating : undefined
}

export type Preference = 'A' | 'B' | 'tie'

/** Undefined: the judgement names none, or more than one. */
export function preferenceIn(judgement: string): Preference | undefined {
  const named = new Set([...judgement.matchAll(/\[\[([ABC])\]\]/g)].map(([, letter]) => letter))
  if (named.size !== 1) return undefined
  if (named.has('C')) return 'tie'
  return named.has('A') ? 'A' : 'B'
}

export type Winner = 'first' | 'second' | 'tie'

/**
 * @param firstAsA what was said with the first model's answer as A
 * @param firstAsB the same with the places swapped
 */
export function winnerOf(
  firstAsA: Preference | undefined,
  firstAsB: Preference | undefined,
): Winner | undefined {
  if (firstAsA === undefined || firstAsB === undefined) return undefined
  if (firstAsA === 'A' && firstAsB === 'B') return 'first'
  if (firstAsA === 'B' && firstAsB === 'A') return 'second'
  return 'tie'
}
