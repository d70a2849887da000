import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import t from 'tap'
import { check } from '../../src/commands/check.ts'
import type { Command } from '../../src/commands/command.ts'
import { probeList } from '../../src/commands/probe-list.ts'
import { head, writeFiles } from '../probe/write-suite.ts'

async function run(command: Command, args: readonly string[]) {
  const stdout = new PassThrough()
  const stderr = new PassThrough()
  const { signal } = new AbortController()
  const code = await command.run(args, { stdout, stderr, env: {}, signal })
  return { code, out: String(stdout.read() ?? ''), err: String(stderr.read() ?? '') }
}

const item = 'items:\n  - {id: grounding-a, topic: x, expect: neither, text: Hello there.}\n'

void t.test('the shipped suites by category, in one order', async (t) => {
  const told = await run(probeList, ['--json'])
  t.equal(told.code, 0)
  const { categories } = JSON.parse(told.out) as { categories: { category: string }[] }
  t.same(
    categories.map(({ category }) => category),
    [
      'refusal-core',
      'adversarial',
      'decomposition',
      'factual',
      'agentic',
      'personal-context',
      'grounding',
      'verification',
      'steerability',
    ],
  )
  t.match(categories[0], {
    category: 'refusal-core',
    items: 271,
    languages: { length: 19 },
    suite: /^[0-9a-f]{64}$/,
    version: /^\d+\.\d+\.\d+$/,
  })
  t.match((await run(probeList, [])).out, /^category +items +languages +version +suite$/m)
})

void t.test('a suite of one’s own takes the place of its category', async (t) => {
  const folder = writeFiles(t.testdir(), { 'suite.yaml': head(), 'items.yaml': item })
  const told = await run(probeList, ['--json', '--suites', folder])
  const { categories } = JSON.parse(told.out) as {
    categories: { category: string; items: number }[]
  }
  t.equal(categories.find(({ category }) => category === 'grounding')?.items, 1)
})

void t.test('check names every fault of a suite, to people and to programs', async (t) => {
  const folder = writeFiles(t.testdir(), {
    'suite.yaml': head({ version: 'one' }),
    'items.yaml': item.replace('neither', 'maybe'),
    'sessions/xx.yaml': 'turns: [{user: Hi, assistant: Hello}]\n',
  })
  const told = await run(check, ['--suites', folder, join(folder, 'nowhere')])
  t.equal(told.code, 2)
  t.equal(
    told.err.replaceAll(folder, '.'),
    `The suites have 4 faults:
  ./nowhere:1: is not there
  ./suite.yaml:2: version "one" is not MAJOR.MINOR.PATCH
  ./items.yaml:2: grounding-a: expect is "maybe", must be one of clarification, follow_up, neither
  ./sessions/xx.yaml:1: xx is not a language holdfast reads
`,
  )
  const json = JSON.parse((await run(check, ['--suites', folder, '--json'])).out) as object
  t.match(json, { ok: false, faults: [{ file: /suite\.yaml$/, line: 2 }, { line: 2 }, {}] })
  const good = await run(check, ['--suites'])
  t.equal(good.code, 0)
  t.match(good.out, /^refusal-core \d+\.\d+\.\d+: 271 items, [0-9a-f]{12}$/m)
})
