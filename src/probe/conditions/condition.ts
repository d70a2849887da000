/**
 * A condition: how a probe is delivered. Each part is a pure transform of a probe, named by
 * `id=value`; parts compose. What a part cannot change is said with a reason and never delivered
 * otherwise: a probe without a text in a language is not asked in another one.
 */
import type { Framing, Shots } from '../framing.ts'
import type { ScriptedPair } from '../plan-turn.ts'
import type { Probe } from '../probe.ts'
import type { Scaffold } from '../scaffold.ts'

export const conditionIds = [
  'language',
  'decomposition',
  'framing',
  'suffix',
  'many-shot',
  'depth',
  'format',
  'scaffold',
] as const
export type ConditionId = (typeof conditionIds)[number]

/** Why a condition does not apply to a probe. */
export const notApplicableReasons = [
  'no_text_in_language',
  'no_steps',
  'not_a_request_of_the_core',
  'not_over_this_expectation',
  'deeper_already',
  'has_tools',
  'has_schema',
  'has_scaffold',
] as const
export type NotApplicable = (typeof notApplicableReasons)[number]

export type Applied = { ok: true; probe: Probe } | { ok: false; reason: NotApplicable }
export type Transform = (probe: Probe) => Applied

/** What transforms are made of beside the probe. */
export interface Materials {
  readonly framings: readonly Framing[]
  readonly shots: Shots | undefined
  /** Benign turns by language. */
  readonly sessions: ReadonlyMap<string, readonly ScriptedPair[]>
  readonly scaffolds: ReadonlyMap<string, Scaffold>
  /** Chooses among turns and framings; the same seed chooses the same. */
  readonly seed: number
}

export interface ConditionKind {
  readonly id: ConditionId
  /** For messages. */
  readonly values: string
  /** A reason in words: the value is none. */
  create(value: string, materials: Materials): Transform | string
}

export const applied = (probe: Probe): Applied => ({ ok: true, probe })
export const refusedBy = (reason: NotApplicable): Applied => ({ ok: false, reason })

/** A whole number within bounds, written plainly; undefined: it is not. */
export const wholeNumber = (text: string, min: number, max: number): number | undefined => {
  const value = Number(text)
  return /^\d{1,6}$/.test(text) && value >= min && value <= max ? value : undefined
}
