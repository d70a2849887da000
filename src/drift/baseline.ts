/**
 * A pinned baseline: what the deployment did in a period that an operator chose, with its own
 * counts, named once and never changed. Its content is hashed, so that two of one name that differ
 * cannot pass for each other. Nulls are learned from it: nulls.ts.
 */
import { createHash } from 'node:crypto'
import { type BehaviourCounts, behaviourJson, readBehaviour } from './behaviour-counts.ts'
import { fieldsOf, isCount, isTick, parseJson } from './stored-values.ts'

export interface Baseline {
  name: string
  /** Epoch milliseconds. */
  pinnedAt: number
  /** First and last tick, both included. */
  fromTick: number
  toTick: number
  tickMs: number
  /** Ticks of the period that had data. */
  activeTicks: number
  /** The instrument that saw it: another judge's baseline says nothing of this one. */
  judgeVersion: string
  /** The model that answered most of it. */
  model: string
  behaviour: BehaviourCounts
  /** SHA-256 of all of the above, 64 hex digits. */
  hash: string
}

const version = 1
export const baselineNameForm = /^[a-z0-9][a-z0-9_-]{0,62}$/

type Content = Omit<Baseline, 'hash'>

const contentJson = (baseline: Content): Record<string, unknown> => ({
  version,
  name: baseline.name,
  pinnedAt: baseline.pinnedAt,
  fromTick: baseline.fromTick,
  toTick: baseline.toTick,
  tickMs: baseline.tickMs,
  activeTicks: baseline.activeTicks,
  judgeVersion: baseline.judgeVersion,
  model: baseline.model,
  behaviour: behaviourJson(baseline.behaviour),
})

const hashOf = (content: Content): string =>
  createHash('sha256')
    .update(JSON.stringify(contentJson(content)))
    .digest('hex')

export const sealBaseline = (content: Content): Baseline => ({ ...content, hash: hashOf(content) })

export const baselineText = (baseline: Baseline): string =>
  JSON.stringify({ ...contentJson(baseline), hash: baseline.hash })

const isText = (value: unknown): value is string => typeof value === 'string' && value.length <= 256

/** Undefined when it is no baseline, or not the one that was sealed. */
export const readBaseline = (text: string): Baseline | undefined => {
  const fields = fieldsOf(parseJson(text))
  if (fields?.get('version') !== version) return undefined
  const name = fields.get('name')
  const pinnedAt = fields.get('pinnedAt')
  const fromTick = fields.get('fromTick')
  const toTick = fields.get('toTick')
  const tickMs = fields.get('tickMs')
  const activeTicks = fields.get('activeTicks')
  const judgeVersion = fields.get('judgeVersion')
  const model = fields.get('model')
  const behaviour = readBehaviour(fields.get('behaviour'))
  if (!isText(name) || !isText(judgeVersion) || !isText(model) || behaviour === undefined) {
    return undefined
  }
  if (!isCount(pinnedAt) || !isTick(fromTick) || !isTick(toTick)) return undefined
  if (!isCount(tickMs) || !isCount(activeTicks)) return undefined
  const content = {
    name,
    pinnedAt,
    fromTick,
    toTick,
    tickMs,
    activeTicks,
    judgeVersion,
    model,
    behaviour,
  }
  const hash = hashOf(content)
  return fields.get('hash') === hash ? { ...content, hash } : undefined
}
