import t from 'tap'
import { buildReport } from '../../src/report/build-report.ts'
import { demoMonth, end, historyOf, start } from './demo-month.ts'

t.test('a demo month', async (t) => {
  const began = process.hrtime.bigint()
  const { store } = await demoMonth()
  const history = await historyOf(store)
  console.error('month', Number(process.hrtime.bigint() - began) / 1e6)
  const report = buildReport({
    from: start,
    to: end,
    files: [],
    history: { history, origin: 'state' },
    runs: [],
    rows: [],
    calibrations: [],
    claims: [],
    evidence: undefined,
    command: 'holdfast report',
  })
  console.error('report', Number(process.hrtime.bigint() - began) / 1e6)
  console.error(report.summary)
  console.error(report.replay)
  console.error(report.episodes)
  console.error(report.coverage)
  t.ok(true)
})
