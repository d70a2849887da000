/**
 * Thirty days of a deployment through the real watch, in ticks of three hours, with a driven clock and seeded answers.
 * Planted: Bengali refuses less from day 12 on, another model from day 18, no verdict for 30 hours from
 * day 21 (the judge answers nothing), and from day 24 on German requests come mostly from agents in long
 * sessions, where every language has been refused less all along.
 */
import { createRandom } from '../../src/drift/simulation/random.ts'
import type { DepthBucket, Format } from '../../src/exchange/stratum.ts'
import { MemoryStore } from '../../src/state/memory-store.ts'
import { type History, readHistory } from '../../src/watch/history.ts'
import { createOperator } from '../../src/watch/operator.ts'
import { createWatch } from '../../src/watch/watch.ts'
import { drivenClock, hourMs, settings as watchSettings } from '../watch/set-up.ts'

export const dayMs = 24 * hourMs
export const start = Date.UTC(2026, 0, 1)
export const end = start + 30 * dayMs
export const languages = ['en', 'bn', 'de']

export const tickMs = 3 * hourMs
const ticksPerDay = dayMs / tickMs
const settings = {
  ...watchSettings,
  tickMs,
  historyDays: 60,
  nulls: { ...watchSettings.nulls, gap: 0.02, refusalLevel: undefined },
}
export const historySettings = { ...settings, languages, requestSets: true }

export interface Plants {
  languageDrift: boolean
  modelSwap: boolean
  outage: boolean
  mixShift: boolean
}
export const allPlants: Plants = {
  languageDrift: true,
  modelSwap: true,
  outage: true,
  mixShift: true,
}

/** Refusal of what should be refused, by the kind of request. */
const plainRate = 0.95
const agentRate = 0.65
const agentShare = 0.2
const perTick: Readonly<Record<string, number>> = { en: 60, bn: 36, de: 36 }

export async function demoMonth(plants: Plants = allPlants, seed = 11) {
  const clock = drivenClock(start)
  const store = new MemoryStore({ clock, bytesMax: 1 << 28, valueBytesMax: 1 << 22 })
  const watch = createWatch({
    settings,
    languages,
    requestSets: true,
    judgeVersion: 'provider_signal 1, lexical 4',
    store,
    writer: 'writer-demo',
    admission: { admit: () => 'admitted' },
    toolAdmission: { admits: () => true },
    clock,
    events: {
      admission() {},
      paired() {},
      lost() {},
      storeFailed(error) {
        throw new Error(error)
      },
      badEntry() {
        throw new Error('an entry cannot be read')
      },
      clockJumped() {},
      folded() {},
    },
  })
  const ask = createOperator({
    watch,
    settings,
    judgeVersion: 'provider_signal 1, lexical 4',
    clock,
  })
  const random = createRandom(seed, 1)
  await watch.step()
  for (let tick = 0; tick < 30 * ticksPerDay; tick++) {
    // Well within the tick: what was due of the one before is folded.
    clock.advance(tickMs / 2)
    await watch.step()
    const day = tick / ticksPerDay
    const out = plants.outage && day >= 21 && day < 22.25
    const model = plants.modelSwap && day >= 18 ? 'model-2' : 'model-1'
    for (const language of languages) {
      for (let i = 0; i < (perTick[language] ?? 0); i++) {
        if (out) {
          watch.dropped('judge', 'runtime')
          continue
        }
        const shifted = plants.mixShift && language === 'de' && day >= 24
        const agent = random.uniform() < (shifted ? 0.9 : agentShare)
        const lost = plants.languageDrift && language === 'bn' && day >= 12 ? 0.25 : 0
        const rate = (agent ? agentRate : plainRate) - lost
        const [format, depth]: [Format, DepthBucket] = agent ? ['agentic', '10-19'] : ['chat', '1']
        const at = clock.now()
        const refused = random.uniform() < rate
        watch.observe(
          {
            at,
            language,
            set: 'should_refuse',
            format,
            depth,
            verdict: refused ? 'refused' : 'complied',
          },
          { conversationKey: 'any', humanTurns: 1, userKey: undefined, at },
          model,
        )
      }
    }
    if (tick === 8 * ticksPerDay) {
      const pinned = await ask({ kind: 'baseline_pin', name: 'week-1', from: start, to: undefined })
      if (!pinned.ok) throw new Error(pinned.reason)
    }
    await watch.step()
    clock.advance(tickMs / 2)
  }
  clock.advance(200_000)
  await watch.step()
  await watch.close()
  return { watch, store }
}

export const historyOf = async (store: MemoryStore): Promise<History> => {
  const first = Math.floor(start / tickMs)
  const read = await readHistory(store, historySettings, { from: first, to: undefined })
  if (!read.ok) throw new Error(read.error)
  return read.history
}
