/**
 * What `npm start` runs, as a process: its tables, the planted rates next to the measured ones, and
 * an end that leaves nothing behind, by itself or by Ctrl-C.
 */
import { existsSync, readFileSync } from 'node:fs'
import { connect } from 'node:net'
import t, { type Test } from 'tap'
import { type CommandProcess, startCommand } from './support/command-process.ts'
import { fetchText, sumSeries } from './support/holdfast-process.ts'

const anywhere = ['--listen', '127.0.0.1:0', '--admin', '127.0.0.1:0']
/** Each language at 3.5 standard errors, all together at 3, and what the lexical judge itself may miss. */
const languageErrors = 3.5
const totalErrors = 3
/** It does not read the softest refusals of the simulator: docs/judges.md. */
const judgeErrorMax = 0.08
/** Share of a language's answers that may be read as of another. */
const elsewhereMax = 0.1

interface Row {
  language: string
  answers: number
  planted: number
  judged: number
  measured: number
}

/** The three addresses of the introduction, in the order data, model, admin. */
async function addressesOf(demo: CommandProcess): Promise<number[]> {
  const [, data, model, admin] = await demo.prints(
    /holdfast http:\S+:(\d+) {2}-> {2}simulated model http:\S+:(\d+)\n\s+metrics\s+http:\S+:(\d+)\/metrics/,
  )
  return [data, model, admin].map(Number)
}

const listens = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port })
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })

const childrenOf = (pid: number): string => {
  const file = `/proc/${pid}/task/${pid}/children`
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : ''
}

async function checkNothingIsLeft(t: Test, demo: CommandProcess, ports: readonly number[]) {
  t.throws(() => process.kill(demo.pid, 0), { code: 'ESRCH' }, 'the process has gone')
  for (const port of ports) t.equal(await listens(port), false, `nothing listens on ${port}`)
}

function rowsOf(printed: string): Row[] {
  const table = printed.slice(printed.indexOf('Share of answers that refuse'))
  const row = /^(\w\w) +(\d+) +([\d.]+) % +(\d+) +([\d.]+) %$/gm
  return [...table.matchAll(row)].map(([, language = '', ...cells]) => {
    const [answers = 0, planted = 0, judged = 0, measured = 0] = cells.map(Number)
    return { language, answers, planted: planted / 100, judged, measured: measured / 100 }
  })
}

const standardError = (rate: number, n: number): number => Math.sqrt((rate * (1 - rate)) / n)

function checkRates(t: Test, rows: readonly Row[]): void {
  for (const { language, answers, planted, judged, measured } of rows) {
    t.ok(planted > 0 && planted < 1, `${language}: ${planted} planted`)
    const elsewhere = Math.abs(judged - answers) / answers
    t.ok(elsewhere <= elsewhereMax, `${language}: ${judged} of ${answers} read as this language`)
    const most = languageErrors * standardError(planted, answers) + judgeErrorMax
    const off = Math.abs(measured - planted)
    t.ok(off <= most, `${language}: ${measured} measured, ${planted} planted (n = ${answers})`)
  }
  const n = rows.reduce((sum, row) => sum + row.answers, 0)
  const all = (of: (row: Row) => number): number =>
    rows.reduce((sum, row) => sum + of(row) * row.answers, 0) / n
  const planted = all((row) => row.planted)
  const measured = all((row) => row.measured)
  const most = totalErrors * standardError(planted, n) + judgeErrorMax
  t.ok(
    Math.abs(measured - planted) <= most,
    `together: ${measured.toFixed(3)} measured, ${planted.toFixed(3)} planted (n = ${n})`,
  )
}

void t.test('after its seconds it prints what was planted and measured, and ends', async (t) => {
  const demo = startCommand(t, ['demo', '--seconds', '20', ...anywhere])
  const ports = await addressesOf(demo)
  t.equal(new Set(ports).size, 3)
  await demo.prints(/^\d+ s: \d+ exchanges, 0 not judged, .*\nlanguage .*\nen +\d+ /m)
  t.equal(childrenOf(demo.pid), '', 'it starts no process')
  const { code, stderr, stdout } = await demo.end
  t.same({ code, stderr }, { code: 0, stderr: '' })
  const done = /Done after (\d+) s: \d+ conversations, (\d+) exchanges, 0 failed\./.exec(stdout)
  t.ok(done, 'no exchange failed')
  const rows = rowsOf(stdout)
  t.same(rows.map(({ language }) => language).sort(), ['bn', 'de', 'en', 'es', 'sw', 'th', 'zh'])
  t.equal(
    rows.reduce((sum, { answers }) => sum + answers, 0),
    Number(done?.[2]),
    'every exchange is in the table',
  )
  checkRates(t, rows)
  await checkNothingIsLeft(t, demo, ports)
})

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  void t.test(`${signal} in the middle of traffic ends it with a summary`, async (t) => {
    // Without arguments, as npm start runs it; a default port that is taken gives way.
    const demo = startCommand(t, ['start'])
    const ports = await addressesOf(demo)
    const adminPort = ports[2] ?? 0
    let judged = 0
    while (judged < 20) {
      judged = sumSeries(await fetchText(adminPort, '/metrics'), 'holdfast_judged_total', {}) ?? 0
    }
    demo.signal(signal)
    const { code, stderr, stdout } = await demo.end
    t.same({ code, stderr }, { code: 0, stderr: '' })
    t.match(stdout, /Done after \d+ s: \d+ conversations, \d+ exchanges, 0 failed\./)
    t.ok(rowsOf(stdout).length > 0 || /^en +\d+ /m.test(stdout), 'what was seen is summed up')
    await checkNothingIsLeft(t, demo, ports)
  })
}
