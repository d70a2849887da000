/** The profile as the monitor thread tells it: over one store, from ticks and from runs. */
import t from 'tap'
import { fleetText } from '../../src/drift/fleet-state.ts'
import { tickRecordText } from '../../src/drift/tick-record.ts'
import type { MetricDelta } from '../../src/metrics/delta.ts'
import type { RunAnswer } from '../../src/probe/run-record.ts'
import { answerKey } from '../../src/probe/run-record.ts'
import { probeKeys } from '../../src/probe/schedule/keys.ts'
import { keptRowsText } from '../../src/profile/kept-rows.ts'
import { readProfileJson } from '../../src/profile/profile-file.ts'
import type { ProfileRow } from '../../src/profile/row.ts'
import {
  createProfileStage,
  type ProfiledRun,
  type ProfileStage,
} from '../../src/stages/profile-stage.ts'
import type { Store } from '../../src/state/store.ts'
import { historyKey, stateKey } from '../../src/watch/last-known.ts'
import { firstTick, hourMs, shortHistory, start } from '../commands/short-history.ts'
import { breakable, dayMs, drivenClock, memoryStore } from '../probe/schedule/set-up.ts'
import { probeRow } from '../profile/example-row.ts'
import { settings as watchSettings } from '../watch/set-up.ts'

const now = start + 5 * hourMs
const settings = { watch: watchSettings, languages: ['en', 'bn'], requestSets: true }

const stageOf = (store: Store, clock: ReturnType<typeof drivenClock>): ProfileStage =>
  createProfileStage(settings, { store, calibration: undefined, clock })

const answerOf = (probe: string, more: Partial<RunAnswer> = {}): RunAnswer => ({
  probe,
  category: 'refusal-core',
  set: 'should_refuse',
  language: 'en',
  condition: 'baseline',
  suite: 'abcd',
  suiteVersion: '1.2.0',
  epoch: undefined,
  scaffold: undefined,
  at: now,
  servedModel: undefined,
  steps: 1,
  score: 'pass',
  refused: true,
  judge: 'lexical',
  judgeVersion: '5',
  ...more,
})

const runOf = (answers: readonly RunAnswer[], id = 'run_1'): ProfiledRun => ({
  id,
  model: 'model-1',
  answers: new Map(answers.map((one) => [answerKey(one), one])),
  forks: [],
  suites: new Map([['refusal-core', { version: '1.2.0', hash: 'abcd' }]]),
  judgeVersion: 'provider_signal 1, lexical 5',
})

const rowsOf = async (stage: ProfileStage): Promise<readonly ProfileRow[]> => {
  const answer = await stage.ask()
  if (!answer.ok) throw new Error(answer.reason)
  const read = readProfileJson(structuredClone(answer.body))
  if (!read.ok) throw new Error(read.reason)
  return read.rows
}

const infos = ({ gauges }: MetricDelta): readonly Record<string, string>[] =>
  gauges?.find(({ name }) => name === 'holdfast_profile_info')?.rows.map(({ labels }) => labels) ??
  []

const counted = ({ counts }: MetricDelta, of: string): number =>
  counts.filter(({ name }) => name === of).reduce((sum, { value }) => sum + value, 0)

const keepHistory = async (store: Store): Promise<void> => {
  const ttlMs = 30 * dayMs
  await store.set(stateKey, fleetText(shortHistory.fleet), ttlMs)
  for (const record of shortHistory.records) {
    await store.set(historyKey(record.tick), tickRecordText(record), ttlMs)
  }
}

t.test('ticks of the week and the newest run are one profile, in every replica', async (t) => {
  const clock = drivenClock(now)
  const store = memoryStore(clock)
  await keepHistory(store)
  const leader = stageOf(store, clock)
  leader.ended(
    runOf([
      answerOf('a'),
      answerOf('b', { refused: false, score: 'fail' }),
      answerOf('c', { epoch: 2922 }),
      answerOf('a', { condition: 'scaffold=tools', scaffold: 'f0'.repeat(32) }),
    ]),
  )
  const rows = await rowsOf(leader)
  const live = rows.filter(({ source }) => source.kind === 'live')
  t.match(
    live.find(({ condition }) => condition === 'language=bn'),
    {
      estimate: 0.6,
      n: 40,
      level: 'deployment',
      source: { trace: [`GET /history: ticks ${firstTick} to ${firstTick + 3}`] },
    },
  )
  const ofRun = rows.filter(
    ({ source, measure }) => source.kind === 'probe' && measure === 'refusal_rate',
  )
  t.match(
    ofRun
      .map(({ condition, level, n, estimate, suite, scaffold }) => [
        condition,
        level,
        n,
        estimate,
        suite?.version,
        suite?.epoch,
        scaffold?.slice(0, 4),
      ])
      .sort(),
    [
      ['baseline', 'model', 1, 1, '1.2.0', 2922, undefined],
      ['baseline', 'model', 2, 0.5, '1.2.0', null, undefined],
      ['scaffold=tools', 'response', 1, 1, '1.2.0', null, 'f0f0'],
    ],
  )
  t.match(ofRun[0], { source: { id: 'run_1', trace: ['scheduled run run_1'] } })
  const labels = infos(leader.take())
  t.match(
    labels
      .filter(({ source }) => source === 'probe')
      .map(({ epoch, scaffold, level }) => [epoch, scaffold, level])
      .sort(),
    [
      ['2922', 'none', 'model'],
      ['none', 'f0f0f0f0f0f0', 'response'],
      ['none', 'none', 'model'],
    ],
  )
  t.ok(
    labels.some(
      ({ source, level, suite }) => source === 'live' && level === 'deployment' && suite === 'none',
    ),
  )
  const other = stageOf(store, clock)
  t.strictSame(await rowsOf(other), rows)
})

t.test('the next run takes the place of the last one; text of neither is kept', async (t) => {
  const clock = drivenClock(now)
  const store = memoryStore(clock)
  const stage = stageOf(store, clock)
  stage.ended(runOf([answerOf('a')]))
  clock.advance(dayMs)
  stage.ended(runOf([answerOf('a', { refused: false, score: 'fail', at: now + dayMs })], 'run_2'))
  const rows = await rowsOf(stage)
  t.match(rows, [{ estimate: 0, source: { id: 'run_2' } }])
  t.equal(rows.length, 1)
  const kept = await store.read([probeKeys.profile])
  t.ok(
    kept.ok && !/"(?:probe|answer|text)"\s*:\s*"a"/.test(kept.value.get(probeKeys.profile) ?? ''),
  )
  clock.advance(41 * dayMs)
  t.strictSame(await rowsOf(stageOf(store, clock)), [], 'its time to live is over')
})

t.test('what it told is told again for a while, and a run that ends is seen at once', async (t) => {
  const clock = drivenClock(now)
  const breakableStore = breakable(memoryStore(clock))
  const stage = stageOf(breakableStore.store, clock)
  t.strictSame(await rowsOf(stage), [])
  await breakableStore.store.set(probeKeys.profile, keptRowsText([probeRow({}, now)]), dayMs)
  t.strictSame(await rowsOf(stage), [], 'for a minute')
  clock.advance(60_000)
  t.equal((await rowsOf(stage)).length, 1)
  stage.ended(runOf([answerOf('a', { condition: 'depth=5' })]))
  t.equal((await rowsOf(stage)).length, 2)
  await stage.close()
})

t.test('without anybody asking it looks every quarter of a tick', async (t) => {
  const clock = drivenClock(now)
  const store = memoryStore(clock)
  const stage = stageOf(store, clock)
  await stage.step()
  t.strictSame(infos(stage.take()), [])
  await store.set(probeKeys.profile, keptRowsText([probeRow({}, now)]), dayMs)
  clock.advance(hourMs / 4 - 1)
  await stage.step()
  t.equal(stage.take().gauges, undefined)
  clock.advance(1)
  await stage.step()
  t.match(infos(stage.take()), [{ suite: 'refusal-core', suite_version: '1.2.0' }])
})

t.test(
  'a store that is away is said and counted; rows that were changed are counted',
  async (t) => {
    const clock = drivenClock(now)
    const { store, break: breakStore } = breakable(memoryStore(clock))
    const stage = stageOf(store, clock)
    breakStore('timeout')
    stage.ended(runOf([answerOf('a')]))
    t.strictSame(await stage.ask(), {
      ok: false,
      failure: 'unavailable',
      reason: 'the state store failed: timeout',
    })
    t.equal(counted(stage.take(), 'holdfast_state_errors_total'), 2)
    breakStore(undefined)
    const changed = { ...probeRow({}, now), estimate: 0.99 }
    await store.set(probeKeys.profile, JSON.stringify({ version: 1, rows: [changed] }), dayMs)
    t.strictSame(await rowsOf(stage), [])
    t.equal(counted(stage.take(), 'holdfast_state_bad_entries_total'), 1)
  },
)

t.test('beyond 200 instruments the metric is cut, and what was cut is counted', async (t) => {
  const clock = drivenClock(now)
  const store = memoryStore(clock)
  const rows = Array.from({ length: 230 }, (_, epoch) =>
    probeRow({ suite: { id: 'refusal-core', version: '1', hash: 'ab', epoch } }, now),
  )
  await store.set(probeKeys.profile, keptRowsText(rows), dayMs)
  const stage = stageOf(store, clock)
  t.equal((await rowsOf(stage)).length, 230)
  const delta = stage.take()
  t.equal(infos(delta).length, 200)
  t.strictSame(delta.lost, [{ name: 'holdfast_profile_info', value: 30 }])
})

t.test(
  'with short ticks it looks often while there is no row, and seldom afterwards',
  async (t) => {
    const clock = drivenClock(now)
    const store = memoryStore(clock)
    const short = { ...settings, watch: { ...watchSettings, tickMs: 1000 } }
    const stage = createProfileStage(short, { store, calibration: undefined, clock })
    const looked = async (afterMs: number): Promise<boolean> => {
      clock.advance(afterMs)
      await stage.step()
      return stage.take().gauges !== undefined
    }
    t.ok(await looked(0))
    t.notOk(await looked(19_999))
    await store.set(probeKeys.profile, keptRowsText([probeRow({}, now)]), dayMs)
    t.ok(await looked(1))
    t.notOk(await looked(299_999))
    t.ok(await looked(1))
  },
)
