/**
 * Thousands of requests of doubtful length, each with a second one hidden in it, to an upstream that records
 * every byte, straight and through other servers. docs/smuggling.md has the figures.
 */
import t from 'tap'
import { dice } from '../../src/simulator/seeded.ts'
import { startHoldfast } from './support/holdfast-process.ts'
import { middleServers } from './support/middle-servers.ts'
import { type Outcome, sendDoubtful, startRecorder } from './support/send-doubtful.ts'
import { type DoubtfulRequest, doubtfulRequests } from './support/smuggling-matrix.ts'

const slow = process.env['HOLDFAST_TEST_SLOW'] === '1'
/** Straight, and behind each other server, unless all are asked for. */
const fewStraight = 1600
const fewBehind = 100

/** The same ones every time, of every kind. */
function sample(count: number): readonly DoubtfulRequest[] {
  if (slow || count >= doubtfulRequests.length) return doubtfulRequests
  const random = dice(20261128)
  const left = [...doubtfulRequests]
  return Array.from({ length: count }, () =>
    left.splice(random.between(0, left.length - 1), 1),
  ).flat()
}

const countsOf = (outcomes: readonly Outcome[]): Record<string, number> => {
  const counts: Record<string, number> = {
    sent: outcomes.length,
    rejected: 0,
    forwarded: 0,
    desync: 0,
  }
  for (const { verdict } of outcomes) counts[verdict] = (counts[verdict] ?? 0) + 1
  counts['unanswered'] = outcomes.filter(({ statuses }) => statuses.length === 0).length
  return counts
}

const desyncs = (outcomes: readonly Outcome[]): string[] =>
  outcomes
    .filter(({ verdict }) => verdict === 'desync')
    .map(
      ({ sent, reasons, statuses }) =>
        `${sent.kind} ${sent.shape}: ${reasons.join('; ')} (${statuses.join()})`,
    )

t.test(
  'no request of doubtful length reaches the upstream as two',
  { timeout: 300_000 },
  async (t) => {
    t.ok(doubtfulRequests.length > 4000, `${doubtfulRequests.length} in all`)
    const requests = sample(fewStraight)
    const recorder = await startRecorder()
    t.teardown(() => recorder.close())
    const holdfast = await startHoldfast({ upstream: recorder.url })
    t.teardown(() => holdfast.stop())
    const outcomes = await sendDoubtful(requests, { port: holdfast.port, recorder, straight: true })
    t.same(desyncs(outcomes), [])
    const counts = countsOf(outcomes)
    t.ok(
      (counts['rejected'] ?? 0) > 1000 && (counts['forwarded'] ?? 0) > 20,
      JSON.stringify(counts),
    )
    t.comment(`straight: ${JSON.stringify(counts)}`)
  },
)

t.test('the recorder sees a hidden request where no proxy is strict', async (t) => {
  const recorder = await startRecorder()
  t.teardown(() => recorder.close())
  const [first] = doubtfulRequests.filter(({ kind }) => kind === 'CL.TE')
  if (first === undefined) return t.fail('no request of that kind')
  // The recorder reads chunks first, as a lenient server would.
  const outcomes = await sendDoubtful([first], { port: recorder.port, recorder, straight: true })
  t.same(outcomes[0]?.reasons, ['more than one length', 'the hidden request was seen'])
})

for (const server of middleServers) {
  const skip = server.missing()
  t.test(`nor through ${server.name}`, { skip, timeout: 600_000 }, async (t) => {
    const recorder = await startRecorder()
    t.teardown(() => recorder.close())
    const middle = await server.start(recorder.port, t.testdir({}))
    t.teardown(() => middle.stop())
    const holdfast = await startHoldfast({ upstream: `http://127.0.0.1:${middle.port}` })
    t.teardown(() => holdfast.stop())
    const outcomes = await sendDoubtful(sample(fewBehind), {
      port: holdfast.port,
      recorder,
      straight: false,
      clients: 50,
    })
    t.same(desyncs(outcomes), [])
    const counts = countsOf(outcomes)
    t.ok((counts['forwarded'] ?? 0) > 0, JSON.stringify(counts))
    t.comment(`${server.name}: ${JSON.stringify(counts)}`)
  })
}
