/**
 * The report in Chromium as it is read: on a desk, on a phone of 360 px by light and in the dark, and on
 * paper. HOLDFAST_TEST_SHOTS=FOLDER keeps pictures.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import t from 'tap'
import { buildReport } from '../../src/report/build-report.ts'
import { reportHtml } from '../../src/report/html/page.ts'
import type { ReportInput } from '../../src/report/report-input.ts'
import { demoMonth, end, historyOf, start } from '../report/demo-month.ts'
import { chromiumSkip, type PageOptions, startChromium } from './support/chromium.ts'

const ways: readonly [name: string, options: PageOptions][] = [
  ['desk', {}],
  ['phone', { width: 360, height: 780 }],
  ['phone-dark', { width: 360, height: 780, dark: true }],
  // A4 upright within its margins, at 96 px an inch.
  ['paper', { width: 695, height: 1000, print: true }],
]

/** What reaches beyond the page, tables that scroll in their own box left out. */
const outside = `[...document.querySelectorAll('body *')]
  .filter((one) => one.closest('.wide, svg') === null)
  .filter((one) => one.getBoundingClientRect().right > innerWidth + 1)
  .map((one) => one.outerHTML.slice(0, 80))`
/** Cells of words that are squeezed to a word a line. */
const squeezed = `[...document.querySelectorAll('td:not(.n)')]
  .filter((one) => one.innerText.length > 8 && one.clientWidth < 90)
  .map((one) => one.innerText)`

t.test('the report', { skip: chromiumSkip, timeout: 120_000 }, async (t) => {
  const { store } = await demoMonth()
  const input: ReportInput = {
    from: start,
    to: end,
    files: [],
    history: { history: await historyOf(store), origin: 'state.bin' },
    interaction: undefined,
    runs: [],
    rows: [],
    calibrations: [],
    claims: [],
    evidence: undefined,
    command: 'holdfast report --from A --to B',
  }
  // The browser's own folder is made anew by its start.
  const browser = await startChromium(t)
  const file = join(t.testdirName, 'report.html')
  writeFileSync(file, reportHtml(buildReport(input)))
  for (const [name, options] of ways) {
    const page = await browser.page(options)
    await page.open(pathToFileURL(file).href)
    t.same(await page.evaluate(outside), [], `${name}: nothing reaches beyond the page`)
    if (options.width === 360)
      t.same(await page.evaluate(squeezed), [], `${name}: cells can be read`)
    if (options.width === 360) t.same(await page.violations(), [], `${name}: axe finds nothing`)
    t.same(page.complaints(), [], `${name}: its own policy refuses nothing`)
    await page.shot(`report-${name}`)
  }
  const page = await browser.page({ print: true })
  await page.open(pathToFileURL(file).href)
  const pdf = (await page.pdf()).toString('latin1')
  t.match(pdf, /^%PDF-/)
  const sheets = [...pdf.matchAll(/\/MediaBox\s*\[0 0 (\d+)[.\d]* (\d+)/g)].map(([, w, h]) =>
    Number(w) < Number(h) ? 'upright' : 'lying',
  )
  t.ok(sheets.includes('upright') && sheets.includes('lying'), `${sheets.length} sheets`)
  t.ok(sheets.length < 30, 'it is no book')
  const folder = process.env['HOLDFAST_TEST_SHOTS']
  if (folder !== undefined) writeFileSync(join(folder, 'report.pdf'), pdf, 'latin1')
})
