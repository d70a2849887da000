/** A suite: the probes of one category, versioned and hashed. Results compare only at equal hashes. */
import type { Category } from './category.ts'
import type { Framing, Shots } from './framing.ts'
import type { Probe } from './probe.ts'

export interface Suite {
  readonly category: Category
  readonly version: string
  /** SHA-256, hex, over the canonical content of all its files. */
  readonly hash: string
  readonly title: string
  /** Row of the alignment profile. */
  readonly dimension: string
  readonly languages: readonly string[]
  /** Items of all kinds: probes, and framings that wrap those of the refusal core. */
  readonly items: number
  readonly probes: readonly Probe[]
  readonly framings: readonly Framing[]
  readonly shots: Shots | undefined
  /** Folder or file, as given. */
  readonly path: string
}

/** Names the instrument in reports: a result of another one is not comparable. */
export const suiteId = ({ category, version, hash }: Suite): string =>
  `${category}@${version}+${hash.slice(0, 12)}`
