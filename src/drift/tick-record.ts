/** The history's entry of one folded tick: what the whole fleet saw in it, and with which judge. */
import { type BehaviourCounts, behaviourJson, readBehaviour } from './behaviour-counts.ts'
import { fieldsOf, isCount, isTick, parseJson } from './stored-values.ts'

export interface TickRecord {
  tick: number
  judgeVersion: string
  /** Number of the model series. */
  series: number
  behaviour: BehaviourCounts
}

const version = 1

export const tickRecordText = ({ tick, judgeVersion, series, behaviour }: TickRecord): string =>
  JSON.stringify({ version, tick, judgeVersion, series, behaviour: behaviourJson(behaviour) })

export const readTickRecord = (text: string): TickRecord | undefined => {
  const fields = fieldsOf(parseJson(text))
  const tick = fields?.get('tick')
  const judgeVersion = fields?.get('judgeVersion')
  const series = fields?.get('series')
  const behaviour = readBehaviour(fields?.get('behaviour'))
  if (fields?.get('version') !== version || !isTick(tick) || !isCount(series)) return undefined
  if (typeof judgeVersion !== 'string' || behaviour === undefined) return undefined
  return { tick, judgeVersion, series, behaviour }
}
