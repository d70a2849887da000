/**
 * What judges get to see: the task and the answer under an id that says nothing, in an order of each
 * rater's own. Whatever names a model, a target, a scaffold or the run is taken out of the answer,
 * and so are sentences of a scaffold that a model repeats word for word.
 *
 * It cannot hide how a model writes, nor that a scaffold worked: a judge may guess from style.
 */
import { createHash } from 'node:crypto'
import { seededOrder } from '../probe/seeded-order.ts'

export const withheld = '[withheld]'

/** Sentences shorter than this are anyone's. */
const sentenceCharsMin = 24
/** A name of one or two letters is a word of every text. */
const nameCharsMin = 3

export interface Revealing {
  /** Names of models as asked for and as served, of targets, hosts, and the run. */
  names: readonly string[]
  scaffolds: readonly { name: string; hash: string; system: string | undefined }[]
}

export interface Scrubbed {
  text: string
  /** Places where something was taken out. */
  places: number
}

export type Scrub = (text: string) => Scrubbed

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
/** Any white space where there was some. */
const loose = (text: string): string => text.trim().split(/\s+/).map(escaped).join('\\s+')
const bounded = (pattern: string): string => `(?<![\\p{L}\\p{N}])${pattern}(?![\\p{L}\\p{N}])`

/** A name that is an ordinary word (`none`, `verification`) counts only where it is used as a name. */
function scaffoldPatterns({ name, hash, system }: Revealing['scaffolds'][number]): string[] {
  const word = loose(name)
  const asName = [`scaffold\\s*[=:]\\s*"?${word}"?`, `${word}["']?\\s+scaffold`]
  const marked = /[^\p{L}]/u.test(name) ? [word] : []
  const sentences = (system ?? '')
    .split(/(?<=[.!?:])\s+/)
    .filter((sentence) => sentence.trim().length >= sentenceCharsMin)
    .map(loose)
  return [...[...asName, ...marked, escaped(hash)].map(bounded), ...sentences]
}

export function createScrub({ names, scaffolds }: Revealing): Scrub {
  const patterns = [
    ...scaffolds.flatMap(scaffoldPatterns),
    ...names
      .filter((name) => name.trim().length >= nameCharsMin)
      .map((name) => bounded(loose(name))),
  ]
  // The longest first: a name that begins another must not cut it.
  const all = [...new Set(patterns)].sort((a, b) => b.length - a.length)
  if (all.length === 0) return (text) => ({ text, places: 0 })
  const pattern = new RegExp(all.join('|'), 'giu')
  return (text) => {
    let places = 0
    const clean = text.replace(pattern, () => {
      places++
      return withheld
    })
    return { text: clean, places }
  }
}

/** Says nothing of what it stands for; the same seed gives the same ids, so that grades are found again. */
export const blindId = (seed: number, key: string): string =>
  `t_${createHash('sha256')
    .update(JSON.stringify([seed, 'transcript', key]))
    .digest('hex')
    .slice(0, 12)}`

/** The order in which a rater sees them: drawn for each rater, and alike for the same seed. */
export const raterOrder = <T extends { id: string }>(
  transcripts: readonly T[],
  seed: number,
  rater: string,
): T[] => seededOrder(transcripts, ({ id }) => id, seed, `order of ${rater}`)
