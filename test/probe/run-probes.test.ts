/** A run: its order, its bounds, what ends it early, and how it is taken up again. */
import { appendFileSync, readFileSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import type { Clock } from '../../src/clock.ts'
import { baseline } from '../../src/probe/conditions/conditions.ts'
import { openRunFile, type RunFile } from '../../src/probe/run-file.ts'
import { planRun } from '../../src/probe/run-plan.ts'
import { type PreparedRun, prepareRun, runSuite } from '../../src/probe/run-suite.ts'
import type { Sender } from '../../src/probe/target.ts'
import { scenarios } from '../../src/simulator/scenarios.ts'
import { inProcessModel } from './in-process-model.ts'
import { conditionOf, knownCore, suiteOf } from './shipped.ts'
import { rulesOnly } from './transcript.ts'

const suite = suiteOf('refusal-core')
const bengali = conditionOf('language=bn')
const model = inProcessModel(7, scenarios['language-gap'].phases[0], knownCore())

const prepared = (seed = 7, limit = 12): PreparedRun =>
  prepareRun({
    suite,
    besides: [],
    probes: suite.probes,
    base: baseline,
    conditions: [bengali],
    seed,
    limit,
    target: {
      protocol: 'openai_chat',
      baseUrl: new URL('https://api.example/v1'),
      model: 'simulated-1',
      key: undefined,
      deadlineMs: 1000,
      retriesMax: 0,
    },
    judges: ['lexical/1'],
  })

const handClock = (): Clock & { ms: number } => {
  const clock = { ms: 0, now: () => clock.ms, monotonic: () => clock.ms }
  return clock
}

interface Given {
  sender?: Sender
  file?: RunFile
  concurrency?: number
  signal?: AbortSignal
  deadlineMs?: number
  clock?: Clock
}

const run = (given: Given = {}, of = prepared()) =>
  runSuite(of, {
    sender: given.sender ?? model,
    scorer: rulesOnly,
    clock: given.clock ?? handClock(),
    signal: given.signal ?? new AbortController().signal,
    concurrency: given.concurrency ?? 4,
    deadlineMs: given.deadlineMs,
    file: given.file,
    keepText: false,
  })

void t.test(
  'the order hangs on the seed alone, and a probe’s deliveries stand together',
  async (t) => {
    const order = (seed: number): string[] =>
      planRun({
        probes: suite.probes,
        base: baseline,
        conditions: [bengali],
        seed,
        limit: 5,
      }).deliveries.map(({ probe, condition }) => `${probe.id} ${condition.key}`)
    t.same(order(7), order(7))
    t.notSame(order(7), order(8))
    t.equal(order(7).length, 10)
    for (const [i, name] of order(7).entries())
      t.match(name, i % 2 === 0 ? / baseline$/ : / language=bn$/)
  },
)

void t.test('what a condition cannot change is counted by reason and not asked', async (t) => {
  const facts = suiteOf('factual')
  const plan = planRun({
    probes: facts.probes,
    base: baseline,
    conditions: [bengali],
    seed: 1,
    limit: 10,
  })
  t.equal(plan.deliveries.length, 10)
  t.same([...(plan.notApplicable.get('language=bn') ?? [])], [['no_text_in_language', 10]])
})

void t.test('no more exchanges at a time than allowed', async (t) => {
  let open = 0
  let most = 0
  const sender: Sender = {
    async post(request) {
      most = Math.max(most, ++open)
      await new Promise((resolve) => setImmediate(resolve))
      open--
      return model.post(request)
    },
  }
  const { result } = await run({ sender, concurrency: 3 })
  t.equal(most, 3)
  t.equal(result.scored.length, 24)
  t.equal(result.ended, 'done')
})

/** Answers so many requests, then with this status. */
const failingAfter = (answered: number, status: number): Sender & { posts: number } => {
  const sender = {
    posts: 0,
    post(request: Parameters<Sender['post']>[0]): ReturnType<Sender['post']> {
      sender.posts++
      if (sender.posts <= answered) return model.post(request)
      return Promise.resolve({ attempts: 1, kind: 'response', status, body: Buffer.from('{}') })
    },
  }
  return sender
}

void t.test('403 ends the run within the exchanges under way', async (t) => {
  const sender = failingAfter(5, 403)
  const { result } = await run({ sender, concurrency: 1 })
  t.equal(sender.posts, 6)
  t.match(result, { ended: 'forbidden', notAsked: 18, scored: { length: 6 } })
  const wide = failingAfter(0, 401)
  t.equal((await run({ sender: wide, concurrency: 4 })).result.ended, 'unauthorised')
  t.ok(wide.posts <= 4)
})

void t.test('a server error costs its own pair and nothing else', async (t) => {
  let posts = 0
  const sender: Sender = {
    post: (request) =>
      ++posts === 1
        ? Promise.resolve({ attempts: 1, kind: 'response', status: 500, body: Buffer.from('{}') })
        : model.post(request),
  }
  const { result, pairs } = await run({ sender, concurrency: 1 })
  t.equal(result.ended, 'done')
  t.match(result.scored[0], { outcome: { score: 'error', reason: 'status_500' } })
  t.equal(
    pairs.reduce((sum, { n }) => sum + n, 0),
    11,
  )
})

void t.test('an address that nobody answers at ends the run after 20 tries', async (t) => {
  let posts = 0
  const sender: Sender = {
    post() {
      posts++
      return Promise.resolve({ attempts: 1, kind: 'failed', reason: 'connect' })
    },
  }
  const { result } = await run({ sender, concurrency: 1 })
  t.equal(posts, 20)
  t.equal(result.ended, 'unreachable')
})

void t.test('a deadline and a signal end it, and what is cut is no error', async (t) => {
  const clock = handClock()
  const slow: Sender = {
    post(request) {
      clock.ms += 10
      return model.post(request)
    },
  }
  const late = await run({ sender: slow, clock, deadlineMs: 35, concurrency: 1 })
  t.match(late.result, { ended: 'deadline', scored: { length: 4 }, notAsked: 20 })
  const stop = new AbortController()
  const cut: Sender = {
    post(request) {
      if (!stop.signal.aborted) {
        stop.abort()
        return model.post(request)
      }
      return Promise.resolve({ attempts: 1, kind: 'failed', reason: 'reset' })
    },
  }
  const aborted = await run({ sender: cut, signal: stop.signal, concurrency: 2 })
  t.match(aborted.result, { ended: 'aborted', scored: { length: 1 } })
})

void t.test(
  'a run that was cut is taken up, a torn line is repaired, the end is the same',
  async (t) => {
    const path = join(t.testdir(), 'run.jsonl')
    const open = (): RunFile => {
      const opened = openRunFile(path, prepared().run)
      if (!opened.ok) throw new Error(opened.reason)
      return opened.file
    }
    const first = open()
    const cut = await run({ sender: failingAfter(7, 403), file: first, concurrency: 1 })
    first.close()
    t.equal(cut.result.scored.length, 8)
    truncateSync(path, readFileSync(path).length - 10)
    appendFileSync(path, '')

    const second = open()
    t.ok(second.tornBytes > 100)
    t.equal(second.finished.size, 7)
    const sender = failingAfter(1000, 500)
    const rest = await run({ sender, file: second })
    second.close()
    t.equal(sender.posts, 17, 'what was finished is not asked again')
    t.match(rest.result, { ended: 'done', resumed: 7, notAsked: 0 })

    const whole = await run()
    t.same(rest.pairs, whole.pairs)
    t.same(rest.rates, whole.rates)
    const lines = readFileSync(path, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    t.equal(lines.length, 24)
    t.match(lines[0], {
      run: prepared().run,
      category: 'refusal-core',
      suite: suite.hash,
      condition: /^(baseline|language=bn)$/,
      scaffold: null,
      step: 1,
      steps: 1,
      request_sha256: /^[0-9a-f]{64}$/,
      answer_sha256: /^[0-9a-f]{64}$/,
      outcome: { score: /^(pass|fail|unclear)$/, judge: 'lexical' },
    })
    t.notOk(JSON.stringify(lines).includes('"answer"'), 'no text is kept')
  },
)

void t.test('a file of another run or of something else is refused', async (t) => {
  const path = join(t.testdir(), 'run.jsonl')
  const opened = openRunFile(path, prepared().run)
  if (!opened.ok) throw new Error(opened.reason)
  await run({ file: opened.file })
  opened.file.close()
  t.match(openRunFile(path, prepared(8).run), { ok: false, reason: /^line 1 is of run run_/ })
  appendFileSync(path, '{"hello":1}\n')
  t.same(openRunFile(path, prepared().run), {
    ok: false,
    reason: 'line 25 is not of a probe run',
  })
})

void t.test('the id of a run hangs on all that its result hangs on', async (t) => {
  t.equal(prepared().run, prepared().run)
  t.match(prepared().run, /^run_[0-9a-f]{16}$/)
  t.not(prepared(8).run, prepared().run)
  t.not(prepared(7, 13).run, prepared().run)
})
