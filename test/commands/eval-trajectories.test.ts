import { existsSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { PassThrough } from 'node:stream'
import t from 'tap'
import { evalTrajectories } from '../../src/commands/eval-trajectories.ts'

const run = async (...args: string[]) => {
  const stdout = new PassThrough()
  const stderr = new PassThrough()
  const { signal } = new AbortController()
  const code = await evalTrajectories.run(args, { stdout, stderr, env: {}, signal })
  return { code, out: String(stdout.read() ?? ''), err: String(stderr.read() ?? '') }
}

const directory = t.testdir()
const file = (name: string, rows: readonly unknown[]): string => {
  const path = join(directory, name)
  writeFileSync(path, rows.map((row) => JSON.stringify(row)).join('\n'))
  return path
}

const chat = {
  messages: [
    { role: 'user', content: 'hi', tool_calls: [{ function: { name: 'ignored' } }] },
    { role: 'assistant', tool_calls: [{ function: { name: 'a' } }, { function: { name: 'b' } }] },
    { role: 'assistant', content: [{ type: 'text' }, { type: 'tool_use', name: 'c' }] },
  ],
}

void t.test('sequences and messages of both formats are read alike', async (t) => {
  const a = file('a.jsonl', new Array(8).fill(chat))
  const b = file('b.jsonl', new Array(8).fill({ tool_sequence: ['a', 'b', 'c'] }))
  const { code, out } = await run(a, b, '--json')
  t.equal(code, 0)
  t.same(JSON.parse(out), {
    a: { conversations: 8, calls_mean: 3 },
    b: { conversations: 8, calls_mean: 3 },
    divergence_bits: 0,
    expected_bits: 0,
    p: 1,
    permutations: 999,
    stratum: null,
    change: false,
  })
})

void t.test('a change is called one, in the table as well', async (t) => {
  const a = file('c.jsonl', new Array(8).fill({ tool_sequence: ['a', 'b'], task_id: 1 }))
  const b = file('d.jsonl', new Array(8).fill({ tool_sequence: ['b', 'a'], task_id: 1 }))
  const { out } = await run(a, b, '--permutations', '199', '--seed', '3')
  t.match(out, /^p +0\.0\d{3} \(199 permutations, within task_id\)$/m)
  t.match(out, /^change at p <= 0\.01$/m)
  t.match((await run(a, b, '--stratum', 'none')).out, /\(999 permutations\)/)
})

void t.test('rows that do not fit the condition are left out', async (t) => {
  const rows = [
    { tool_sequence: ['a'], variant: 'x' },
    { tool_sequence: ['a', 'b'], variant: 'y' },
  ]
  const path = file('e.jsonl', rows)
  const args = [path, path, '--where-a', 'variant=x', '--where-b', 'variant=y', '--json']
  const { out } = await run(...args)
  t.match(JSON.parse(out), { a: { calls_mean: 1 }, b: { calls_mean: 2 } })
})

void t.test('faults name the file, the line or the option', async (t) => {
  const good = file('g.jsonl', [{ tool_sequence: [] }])
  const cases: [string[], RegExp][] = [
    [[good], /two files are needed, not 1/],
    [[good, join(directory, 'none')], /none/],
    [[good, file('h.jsonl', [{}])], /h\.jsonl:1: neither "tool_sequence" nor "messages"/],
    [[good, file('i.jsonl', [{ tool_sequence: [1] }])], /i\.jsonl:1: "tool_sequence" holds/],
    [[good, good, '--where', 'x=1'], /no row is left/],
    [[good, good, '--where', 'x'], /FIELD=VALUE/],
    [[good, good, '--stratum', 'task'], /g\.jsonl:1: no "task"/],
    [[good, good, '--permutations', '0'], /--permutations/],
    [[good, good, '--seed', '-1'], /seed/],
    [[good, good, '--what'], /--what/],
  ]
  for (const [args, why] of cases) {
    const { code, err } = await run(...args)
    t.equal(code, 2, args.join(' '))
    t.match(err, why)
  }
})

const shared = resolve('../shared/data')
const tuned = join(shared, 'agent_tau2_base_vs_finetuned/dev.jsonl')
const trials = join(shared, 'agent_taubench_gpt4o_airline/dev.jsonl')
const skip = existsSync(tuned) && existsSync(trials) ? false : 'the labelled data is not here'

const pOf = async (...args: string[]): Promise<number> => {
  const { p }: { p: number } = JSON.parse((await run(...args, '--json')).out)
  return p
}

void t.test(
  'a fine-tune changed how telecom is handled, not airline or retail',
  { skip },
  async (t) => {
    const p = (domain: string, variant: string, ...more: string[]): Promise<number> => {
      const sides = [
        '--where-a',
        `variant=base/${variant}`,
        '--where-b',
        `variant=finetuned/${variant}`,
      ]
      return pOf(tuned, tuned, '--where', `domain=${domain}`, ...sides, ...more)
    }
    t.ok((await p('telecom', 'default')) <= 0.01)
    t.ok((await p('telecom', 'no-user')) <= 0.01)
    t.ok((await p('airline', 'default')) > 0.01)
    t.ok((await p('retail', 'default')) > 0.01)
    t.ok((await p('airline', 'default', '--stratum', 'none')) > 0.01)
  },
)

void t.test('four trials of one model are no change to each other', { skip }, async (t) => {
  for (let a = 0; a < 4; a++) {
    for (let b = a + 1; b < 4; b++) {
      const sides = ['--where-a', `trial=${a}`, '--where-b', `trial=${b}`]
      t.ok((await pOf(trials, trials, ...sides)) >= 0.01, `${a} and ${b}`)
      t.ok((await pOf(trials, trials, ...sides, '--stratum', 'none')) >= 0.01, `${a} and ${b}`)
    }
  }
})
