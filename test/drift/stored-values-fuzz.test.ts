/**
 * Every value that replicas share, with anything put anywhere into it: it is refused as a whole, or it is a
 * state that can be written, read again as the same, and worked on.
 */
import * as fc from 'fast-check'
import t from 'tap'
import { baselineText, readBaseline, sealBaseline } from '../../src/drift/baseline.ts'
import { addBehaviour, emptyBehaviour, readBehaviour } from '../../src/drift/behaviour-counts.ts'
import { createWager, defaultBets, emptyTick, evidenceRatio } from '../../src/drift/e-detector.ts'
import { emptyFleet, fleetText, readFleet } from '../../src/drift/fleet-state.ts'
import { pairLeftovers } from '../../src/drift/leftovers.ts'
import { emptyRunState, foldRun, readRunState, runStateText } from '../../src/drift/run-fold.ts'
import { mergeParts, partText, readPart } from '../../src/drift/tick-part.ts'
import { readTickRecord, tickRecordText } from '../../src/drift/tick-record.ts'
import { Exposures } from '../../src/probe/rotation/exposures.ts'
import { indexText, readIndex } from '../../src/watch/baseline-index.ts'
import { fuzz } from '../fuzz-runs.ts'

const bets = defaultBets.length
const wager = createWager(0.02)
const numbers = Array.from({ length: bets }, (_, i) => i / 8)

const behaviour = {
  cells: { 'de|benign|text/1': [9, 3, 1], 'en|benign|text/1': [8, 2, 0] },
  differences: {
    'refusal_gap|de|benign': [
      [-1, 2],
      [0, 5],
      [0.25, 1],
    ],
  },
  flips: [5, 2],
  languages: { de: 9, en: 8 },
  depths: { 1: 17 },
  models: { 'm-1': 17 },
  tools: emptyBehaviour().tools.toJSON(),
  surprisal: emptyBehaviour().surprisal.toJSON(),
  dropped: { 'decode|not_json': 2 },
}
const detector = {
  wealth: numbers,
  lastTick: 3,
  activeTicks: 3,
  differences: 40,
  crossings: 1,
  episodes: 1,
  episode: { openedAt: 2, quietTicks: 1 },
}
const read = readBehaviour(behaviour)
if (read === undefined) throw new Error('the behaviour to begin with is none')
const baseline = sealBaseline({
  name: 'may',
  pinnedAt: 5,
  fromTick: 1,
  toTick: 9,
  tickMs: 1000,
  activeTicks: 8,
  judgeVersion: 'lexical 1',
  model: 'm-1',
  behaviour: read,
})

interface Kind {
  name: string
  text: string
  /** The text of what was read, after it was worked on; undefined: refused. */
  reread: (text: string) => string | undefined
}

const kind = <Value>(
  name: string,
  text: string,
  from: (text: string) => Value | undefined,
  print: (value: Value) => string,
  work: (value: Value) => void = () => {},
): Kind => ({
  name,
  text,
  reread(given) {
    const value = from(given)
    if (value === undefined) return undefined
    const printed = print(value)
    work(value)
    return printed
  },
})

const kinds: readonly Kind[] = [
  kind(
    'tick part',
    JSON.stringify({
      version: 1,
      samples: 17,
      detectors: { gap: { count: 4, logWealth: numbers } },
      behaviour,
      leftovers: { '12|benign|text/1': ['0110', { de: '01' }, { de: '0', fr: '11' }] },
    }),
    (text) => readPart(text, bets),
    partText,
    (part) => {
      mergeParts([part, part])
      pairLeftovers([part.leftovers, part.leftovers])
    },
  ),
  kind(
    'run state',
    JSON.stringify({
      version: 1,
      runs: 3,
      dueAt: 1000,
      folded: ['a', 'b'],
      detectors: { gap: detector },
      reference: { 'lexical 1': { 'de-1': true } },
    }),
    readRunState,
    runStateText,
    (state) => {
      const sums = new Map([['gap', emptyTick(wager)]])
      const options = { threshold: 15_000, quietTicks: 72, forgetTicks: 30 }
      foldRun(state, { id: 'next', dueAt: (state.dueAt ?? 0) + 1, sums }, options)
      for (const one of state.detectors.values()) evidenceRatio(one, 20)
    },
  ),
  kind('run state, empty', runStateText(emptyRunState), readRunState, runStateText),
  kind(
    'fleet',
    JSON.stringify({
      version: 1,
      foldedTick: 3,
      detectors: { gap: detector },
      series: { number: 1, model: 'm-1', label: '', since: 2, before: { a: [3, 1] }, after: {} },
      receipts: [{ tick: 3, writers: { one: 17 } }],
    }),
    readFleet,
    fleetText,
  ),
  kind('fleet, empty', fleetText(emptyFleet), readFleet, fleetText),
  kind(
    'tick record',
    JSON.stringify({ version: 1, tick: 3, judgeVersion: 'lexical 1', series: 1, behaviour }),
    readTickRecord,
    tickRecordText,
    (record) => addBehaviour(emptyBehaviour(), record.behaviour),
  ),
  kind('baseline', baselineText(baseline), readBaseline, baselineText),
  kind(
    'index of baselines',
    indexText({ names: ['may', 'june'], active: 'may' }),
    readIndex,
    indexText,
  ),
  kind(
    'exposures',
    '{"version":1,"exposures":[["a",1],["b",2]]}',
    (text) => {
      const exposures = Exposures.readText(text)
      return exposures.ok ? exposures.exposures : undefined
    },
    (exposures) => exposures.toText(),
    (exposures) => exposures.join(exposures),
  ),
]

/** Puts `value` in the place that `walk` leads to; undefined takes the place out. */
function replaced(text: string, walk: readonly number[], value: unknown): string {
  const root: unknown = JSON.parse(text)
  let node: unknown = root
  for (const [step, pick] of walk.entries()) {
    if (typeof node !== 'object' || node === null) break
    const keys = Object.keys(node)
    const key = keys[pick % keys.length]
    if (key === undefined) break
    const child: unknown = Reflect.get(node, key)
    const last = step === walk.length - 1 || typeof child !== 'object' || child === null
    if (last && value === undefined) Reflect.deleteProperty(node, key)
    else if (last) Object.defineProperty(node, key, { value, enumerable: true })
    node = child
  }
  return JSON.stringify(root)
}

t.test('the values to begin with are read, and printed as they are', async (t) => {
  for (const { name, text, reread } of kinds) {
    t.equal(reread(text)?.trim(), text, name)
  }
})

t.test('anything anywhere: refused, or a value that is written and read as the same', async (t) => {
  const value = fc.oneof(
    fc.constantFrom(
      undefined,
      null,
      true,
      0,
      -0,
      -1,
      0.5,
      1,
      2,
      18,
      1e21,
      5e-324,
      1.7e308,
      '',
      'x',
    ),
    fc.constantFrom(Number.MAX_SAFE_INTEGER, 8_640_000_000_000_000, 'x'.repeat(300), [], {}, [0]),
    fc.constantFrom(
      [
        [0.25, 1],
        [0.25, Number.MAX_SAFE_INTEGER],
      ],
      { a: [1, 1] },
      [1, 2, 3],
      numbers,
    ),
    fc.jsonValue({ maxDepth: 2 }),
  )
  const walk = fc.array(fc.nat({ max: 30 }), { minLength: 1, maxLength: 6 })
  const edits = fc.array(
    fc.tuple(
      fc.nat(),
      fc.nat({ max: 4 }),
      fc.oneof(
        fc.constantFrom(
          '1e999',
          '-',
          '0',
          '9',
          '.5',
          '"',
          ',',
          '[',
          '}',
          '"__proto__":{"a":1},',
          'e9',
        ),
        fc.string({ maxLength: 3 }),
      ),
    ),
    { maxLength: 3 },
  )
  const seen = new Map<string, { taken: number; refused: number }>()
  const before = Object.getOwnPropertyNames(Object.prototype).sort().join()
  fc.assert(
    fc.property(
      fc.constantFrom(...kinds),
      fc.boolean(),
      walk,
      value,
      edits,
      (one, byText, at, put, made) => {
        const text = byText
          ? made.reduce((now, [place, cut, piece]) => {
              const from = place % (now.length + 1)
              return now.slice(0, from) + piece + now.slice(from + cut)
            }, one.text)
          : replaced(one.text, at, put)
        const count = seen.get(one.name) ?? { taken: 0, refused: 0 }
        seen.set(one.name, count)
        const printed = one.reread(text)
        if (printed === undefined) {
          count.refused++
          return
        }
        count.taken++
        const again = one.reread(printed)
        if (again !== printed) throw new Error(`${one.name}: ${printed} is read as ${again}`)
      },
    ),
    fuzz('stored_values', 20261128),
  )
  t.equal(Object.getOwnPropertyNames(Object.prototype).sort().join(), before)
  t.equal(seen.size, kinds.length)
  for (const [name, { taken, refused }] of seen) {
    t.ok(taken > 10 && refused > 10, `${name}: ${taken} taken, ${refused} refused`)
  }
})
