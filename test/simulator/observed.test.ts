/** The demo's figures come from exposition text: exact sums, and no rate without a count. */
import t from 'tap'
import { observe, readExposition, since } from '../../src/simulator/observed.ts'

const text = `# HELP holdfast_judged_total x
# TYPE holdfast_judged counter
holdfast_judged_total{source="live",language="en",set="unclassified",verdict="refused"} 3 # {trace_id="ab"} 1 1.5
holdfast_judged_total{source="live",language="en",set="unclassified",verdict="partial"} 1
holdfast_judged_total{source="live",language="en",set="unclassified",verdict="complied"} 12
holdfast_judged_total{source="probe",language="en",set="unclassified",verdict="refused"} 9
holdfast_judged_total{source="live",language="de",set="unclassified",verdict="refused"} 0
holdfast_judged_model_total{model="a \\"b\\"",verdict="complied"} 2
holdfast_exchanges_total{protocol="openai_chat",outcome="complete"} 20
holdfast_exchanges_total{protocol="unknown",outcome="complete"} 2
holdfast_dropped_total{stage="decode",reason="not_json"} 4
holdfast_in_flight 0
# EOF
`

void t.test('verdicts are summed by language, probes and zeros left out', async (t) => {
  const { exchanges, dropped, inFlight, byLanguage, byModel } = observe(text)
  t.same({ exchanges, dropped, inFlight }, { exchanges: 22, dropped: 4, inFlight: 0 })
  t.match(byLanguage, [{ name: 'en', n: 16, refusalRate: 0.25 }])
  t.equal(byLanguage.length, 1)
  t.match(byModel, [{ name: 'a \\"b\\"', n: 2, refusalRate: 0 }])
  t.equal(readExposition(text).length, 10)
})

void t.test('two readings subtract; nothing new has no rate', async (t) => {
  const { byLanguage } = observe(text)
  t.match(since([], byLanguage), [{ name: 'en', n: 16 }])
  t.match(since(byLanguage, byLanguage), [{ name: 'en', n: 0, refusalRate: undefined }])
  t.equal(observe('').inFlight, undefined)
})
