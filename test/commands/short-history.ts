/** Four ticks of an hour with figures that can be counted by hand, as a running holdfast tells them. */
import { cellKey, emptyBehaviour } from '../../src/drift/behaviour-counts.ts'
import { emptyFleet } from '../../src/drift/fleet-state.ts'
import type { History } from '../../src/watch/history.ts'

export const hourMs = 3_600_000
export const start = Date.UTC(2026, 0, 1)
export const firstTick = start / hourMs
export const period = ['--from', '2026-01-01T00:00:00Z', '--to', '2026-01-01T04:00:00Z']

/** Of each tick 10 English requests, 9 refused, and 10 Bengali ones, 6 refused and 1 unclear beside them. */
export const shortHistory: History = {
  settings: {
    tickMs: hourMs,
    detectorsMax: 100,
    falsePages: 1,
    episodeQuietTicks: 24,
    nulls: {
      gap: 0.02,
      refusalLevel: undefined,
      overRefusal: undefined,
      unclear: undefined,
      flip: undefined,
    },
    languages: ['en', 'bn'],
    requestSets: true,
  },
  fleet: { ...emptyFleet, foldedTick: firstTick + 3 },
  baselines: [],
  active: undefined,
  fromTick: firstTick,
  toTick: firstTick + 3,
  records: [0, 1, 2, 3].map((n) => {
    const behaviour = emptyBehaviour()
    const cell = 'chat/1'
    behaviour.cells.set(cellKey('en', 'should_refuse', cell), {
      judged: 10,
      refused: 9,
      unclear: 0,
    })
    behaviour.cells.set(cellKey('bn', 'should_refuse', cell), {
      judged: 10,
      refused: 6,
      unclear: 1,
    })
    behaviour.languages.set('en', 10)
    behaviour.languages.set('bn', 11)
    behaviour.models.set('model-1', 21)
    return { tick: firstTick + n, judgeVersion: 'lexical 4', series: 1, behaviour }
  }),
  unreadable: 0,
}
