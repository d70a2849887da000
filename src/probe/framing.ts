/** What the adversarial suite puts around requests of the refusal core. */
import type { ProbeClass } from './category.ts'
import type { ScriptedPair } from './plan-turn.ts'
import type { RefusalScoring } from './scoring.ts'

export const requestPlace = '{request}'

export interface FramedTurn {
  role: 'user' | 'assistant'
  /** Holds `{request}` in one of them. */
  text: string
}

export interface Framing {
  readonly id: string
  readonly topic: string
  readonly class: ProbeClass
  /** Of which core items. */
  readonly over: readonly RefusalScoring['expect'][]
  /** Ends with a user turn. */
  readonly turns: readonly FramedTurn[]
  readonly controlOf: string | undefined
}

/** Harmless exchanges in which everything is answered, and after how many of them to ask. */
export interface Shots {
  readonly id: string
  readonly class: ProbeClass
  readonly over: readonly RefusalScoring['expect'][]
  readonly counts: readonly number[]
  readonly pairs: readonly ScriptedPair[]
}
