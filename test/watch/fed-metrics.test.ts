/** A record names the detectors that its sample really reaches: both sides are run on every class and set. */
import t from 'tap'
import { createSpec } from '../../src/drift/detector-spec.ts'
import { gapSet } from '../../src/drift/nulls.ts'
import { emptyPart } from '../../src/drift/tick-part.ts'
import {
  type DetectorMetric,
  detectorMetrics,
  detectorSets,
} from '../../src/exchange/detector-metric.ts'
import { verdictClasses } from '../../src/exchange/verdict.ts'
import { promptSets } from '../../src/metrics/domains.ts'
import { fedMetrics } from '../../src/watch/fed-metrics.ts'
import { createBook, createLiveStreams } from '../../src/watch/live-streams.ts'

const series = { model: 'm', suiteVersion: 's', judgeVersion: 'j' }
/** A detector of every metric, language and set. */
const specs = detectorMetrics.flatMap((metric) =>
  ['en', 'de'].flatMap((language) =>
    detectorSets.map((set) =>
      createSpec(
        { metric, null: 'drift', language, set, g0: 0.1, reference: 0.1, source: 'configured' },
        series,
      ),
    ),
  ),
)

let compared = 0
for (const requestSets of [true, false]) {
  t.test(`with${requestSets ? '' : 'out'} sets of requests`, async (t) => {
    for (const set of promptSets) {
      for (const verdict of verdictClasses) {
        const streams = createLiveStreams({ languages: ['en', 'de'], requestSets, windowMs: 1000 })
        const sample = { at: 1, set, format: 'chat', depth: '1', verdict } as const
        const part = emptyPart()
        // English first, so that the other finds its partner.
        streams.add({ ...sample, language: 'en' }, createBook(specs), emptyPart())
        streams.add({ ...sample, language: 'de' }, createBook(specs), part)
        const reached = new Set<DetectorMetric>()
        for (const id of part.detectors.keys()) {
          const spec = specs.find((one) => one.id === id)
          if (spec !== undefined) reached.add(spec.metric)
        }
        t.same(
          new Set(fedMetrics({ set, verdict }, gapSet(requestSets))),
          reached,
          `${set} ${verdict}`,
        )
        compared++
      }
    }
  })
}

t.test('everything was compared', async (t) => {
  t.equal(compared, 2 * promptSets.length * verdictClasses.length)
})
