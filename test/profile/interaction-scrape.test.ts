import t from 'tap'
import { createRecorder } from '../../src/metrics/record.ts'
import { readInteractionScrape } from '../../src/profile/interaction-scrape.ts'

t.test('turns and corrections are read from what the recorder writes; zeros are not', async (t) => {
  const recorder = createRecorder({
    languages: ['en', 'de'],
    models: [],
    modelsAutoMax: 1,
    seriesMax: 5000,
  })
  const labels = { act: 'user_repair', language: 'de', depth: '2-4' } as const
  recorder.inc('holdfast_interaction_turns_total', labels, 4)
  const outcome = { outcome: 'not_followed', language: 'en' } as const
  recorder.inc('holdfast_interaction_corrections_total', outcome, 2)
  t.same(readInteractionScrape(await recorder.text()), {
    ok: true,
    counts: { turns: [{ ...labels, n: 4 }], corrections: [{ ...outcome, n: 2 }] },
  })
})

t.test('what is no count of ours is refused with its line', async (t) => {
  const name = 'holdfast_interaction_turns_total'
  const bad = (line: number) => ({
    ok: false,
    reason: `line ${line} is no count of turns or corrections`,
  })
  const good = `${name}{act="user_repair",language="de",depth="1"} 3`
  t.same(readInteractionScrape(`# x\n${good}\n${good.replace('repair', 'shrug')}`), bad(3))
  t.same(readInteractionScrape(good.replace('"1"', '"7"')), bad(1))
  t.same(readInteractionScrape(good.replace(' 3', ' NaN')), bad(1))
  t.same(readInteractionScrape(good.replace(' 3', ' 99999999999999999999')), bad(1))
  t.same(readInteractionScrape('\nholdfast_interaction_corrections_total{language="de"} 3'), bad(2))
  t.same(readInteractionScrape('up 1\n'), { ok: false, reason: `has no series of ${name}` })
})
