/** The held-out rows, and the command that measures on them. */

import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { PassThrough } from 'node:stream'
import t from 'tap'
import { evalSignals } from '../../src/commands/eval-signals.ts'
import { measuredActs } from '../../src/signals/measured.ts'

async function run(...args: string[]) {
  const stdout = new PassThrough()
  const stderr = new PassThrough()
  const { signal } = new AbortController()
  const code = await evalSignals.run(args, { stdout, stderr, env: {}, signal })
  return { code, out: String(stdout.read() ?? ''), err: String(stderr.read() ?? '') }
}

interface ActFigures {
  n: number
  read: number
  sensitivity: { est: number }
  precision: { est: number }
}

const fail: ActFigures = { n: 0, read: 0, sensitivity: { est: 0 }, precision: { est: 0 } }
const rows = 'test/fixtures/signals/held-out.jsonl'
const figures = async (...args: string[]) =>
  JSON.parse((await run(...args, '--json')).out) as {
    user: {
      n: number
      equal: { est: number }
      acts: Record<string, ActFigures>
      languages: Record<string, { n: number; equal: { est: number } }>
    }
    assistant: { n: number; equal: { est: number }; acts: Record<string, ActFigures> }
    control: Record<string, Record<string, number>>
  }

void t.test('the held-out rows are read as docs/interaction-signals.md says', async (t) => {
  const { user, assistant } = await figures(rows)
  t.equal(user.n, 419)
  t.equal(assistant.n, 115)
  t.equal(Object.keys(user.languages).length, 19)
  t.ok(Object.values(user.languages).every(({ n }) => n >= 20))
  for (const [act, { found, labelled, clear, others }] of Object.entries(measuredActs)) {
    const { n, read, precision } = (act.startsWith('user') ? user : assistant).acts[act] ?? fail
    const right = Math.round(precision.est * read)
    const side = act.startsWith('user') ? user.n : assistant.n
    const seen = { found: right, labelled: n, clear: side - n - (read - right), others: side - n }
    t.same(seen, { found, labelled, clear, others }, `${act}: rows of the profile state it`)
  }
  // Bounds below what was measured, so that a lost phrase set shows and a new phrase does not.
  t.ok(user.equal.est > 0.74, `${user.equal.est}`)
  t.ok((user.acts.user_repair?.precision.est ?? 0) > 0.85)
  t.ok((user.acts.user_repair?.sensitivity.est ?? 0) > 0.5)
  t.ok(Object.values(user.languages).every(({ equal }) => equal.est > 0.65))
  t.ok(assistant.equal.est > 0.78, `${assistant.equal.est}`)
})

const control = process.env.HOLDFAST_DATA_CONVERSATIONS ?? ''
void t.test(
  'second turns of a benchmark are hardly ever read as repairs',
  {
    skip: existsSync(control)
      ? false
      : 'HOLDFAST_DATA_CONVERSATIONS names no file of conversations',
  },
  async (t) => {
    const found = await figures(rows, '--control', control)
    const turns = Object.values(found.control).flatMap((acts) => Object.entries(acts))
    const repairs = turns.filter(([act]) => act === 'user_repair')
    t.equal(
      repairs.reduce((sum, [, n]) => sum + n, 0),
      0,
    )
  },
)

void t.test('a line that is no row is named', async (t) => {
  const folder = t.testdir({ 'a.jsonl': '{"language":"en","act":"shout","text":"x"}\n' })
  const told = await run(`${folder}/a.jsonl`)
  t.equal(told.code, 2)
  t.match(told.err, /a\.jsonl:1: "act" must be one of user_opening/)
  t.equal((await run()).code, 2)
  // In words, of a tenth of the rows.
  const some = readFileSync(rows, 'utf8')
    .split('\n')
    .filter((line, at) => line !== '' && at % 10 === 0)
  writeFileSync(`${folder}/b.jsonl`, some.join('\n'))
  const users = some.filter((line) => line.includes('"act": "user_')).length
  t.match((await run(`${folder}/b.jsonl`)).out, new RegExp(`^user turns: n ${users}, equal \\d`))
  t.ok(users > 20, `${users} of users`)
})
