import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { PassThrough } from 'node:stream'
import t from 'tap'
import type { Command } from '../../src/commands/command.ts'
import { trainJudge } from '../../src/commands/train-judge.ts'
import { trainRequest } from '../../src/commands/train-request.ts'

const run = async (command: Command, args: string[]) => {
  const stdout = new PassThrough()
  const stderr = new PassThrough()
  const signal = new AbortController().signal
  const code = await command.run(args, { stdout, stderr, env: {}, signal })
  return { code, out: String(stdout.read() ?? ''), err: String(stderr.read() ?? '') }
}

const lines = (rows: readonly unknown[]): string =>
  `${rows.map((row) => JSON.stringify(row)).join('\n')}\n`

const refusals = Array.from({ length: 40 }, (_, i) => ({
  prompt: `How do I do thing number ${i}?`,
  response: `I'm sorry, but I cannot help with request ${i}.`,
  label: i % 4 === 0 ? 'partial' : 'refuse',
  model: i % 2 === 0 ? 'a' : 'b',
  lang: 'en',
}))
const answers = Array.from({ length: 40 }, (_, i) => ({
  prompt: `What is the height of tower ${i}?`,
  response: `Tower ${i} is ${100 + i} metres high and was built in ${1900 + i}.`,
  label: 'comply',
  lang: 'en',
}))

t.test('train judge: the same files give the same bytes, whatever their order', async (t) => {
  const dir = t.testdir({ 'one.jsonl': lines(refusals), 'two.jsonl': lines(answers) })
  const [one, two] = [join(dir, 'one.jsonl'), join(dir, 'two.jsonl')]
  const first = await run(trainJudge, [one, two, '--out', join(dir, 'a.json')])
  t.match(first, { code: 0, out: /version [0-9a-f]{12}, 80 rows used/, err: '' })
  await run(trainJudge, [two, one, '--out', join(dir, 'b.json')])
  const a = readFileSync(join(dir, 'a.json'), 'utf8')
  t.equal(readFileSync(join(dir, 'b.json'), 'utf8'), a)
  t.notMatch(a, /jsonl/, 'no path is in the weights')
})

t.test('train judge --cross-validate: figures by set, model and language', async (t) => {
  const dir = t.testdir({ 'one.jsonl': lines([...refusals, ...answers]) })
  const file = join(dir, 'one.jsonl')
  const { code, out } = await run(trainJudge, [file, '--cross-validate', '--json'])
  t.equal(code, 0)
  const figures = JSON.parse(out)
  t.equal(figures.all.n, 80)
  t.equal(figures.all.sensitivity.est, 1)
  t.equal(figures.all.specificity.est, 1)
  t.same(figures.all.positive_rate, { human: 0.5, model: 0.5 })
  t.same(Object.keys(figures.by_language), ['en'])
  t.equal(Object.keys(figures.by_model).length, 2)
  const table = await run(trainJudge, [file, '--cross-validate', '--folds', '3'])
  t.match(table.out, /refusal judge, 3 folds by prompt/)
  t.match(table.out, /\nall +80 /)
})

t.test('labels nobody has read are measured apart and not fitted', async (t) => {
  const wrong = answers.map((row) => ({ ...row, label: 'refuse' }))
  const dir = t.testdir({
    'one.jsonl': lines([...refusals, ...answers]),
    'made.jsonl': lines(wrong),
  })
  const { out } = await run(trainJudge, [
    join(dir, 'one.jsonl'),
    '--constructed',
    join(dir, 'made.jsonl'),
    '--cross-validate',
    '--out',
    join(dir, 'w.json'),
  ])
  t.match(out, /made \* +40 /)
  t.match(out, /\nall +80 /)
  t.match(out, /80 rows used/)
})

t.test('what the operator can mend: exit code 2, and the place', async (t) => {
  const dir = t.testdir({
    'bad.jsonl': `${JSON.stringify(answers[0])}\n\n{"prompt": "p"}\n`,
    'text.jsonl': 'not json\n',
    'same.jsonl': lines(answers),
  })
  const out = ['--out', join(dir, 'w.json')]
  for (const [args, message] of [
    [[], /no file of labels given/],
    [[join(dir, 'same.jsonl')], /neither --out FILE nor --cross-validate/],
    [[join(dir, 'same.jsonl'), '--folds', '1', ...out], /--folds is not/],
    [[join(dir, 'absent.jsonl'), ...out], /absent\.jsonl: ENOENT/],
    [[join(dir, 'bad.jsonl'), ...out], /bad\.jsonl:3: "response" is not a string/],
    [[join(dir, 'text.jsonl'), ...out], /text\.jsonl:1: not JSON/],
    [[join(dir, 'same.jsonl'), ...out], /labels are all of one class/],
    [[join(dir, 'same.jsonl'), '--weigh', 'same', ...out], /--weigh same: not SET=NUMBER/],
    [[join(dir, 'same.jsonl'), '--weigh', 'same=0', ...out], /--weigh same=0: not SET=NUMBER/],
    [['--wrong'], /wrong/],
  ] as const) {
    const result = await run(trainJudge, [...args])
    t.equal(result.code, 2)
    t.match(result.err, message)
  }
})

t.test('--weigh: rows of a set, or of one label in it, count more', async (t) => {
  const doubtful = answers.map((row) => ({ ...row, label: 'partial' }))
  const dir = t.testdir({
    'one.jsonl': lines([...refusals, ...answers]),
    'two.jsonl': lines(doubtful),
  })
  const files = [join(dir, 'one.jsonl'), join(dir, 'two.jsonl')]
  const rate = async (...weigh: string[]) => {
    const { out } = await run(trainJudge, [...files, '--cross-validate', '--json', ...weigh])
    return JSON.parse(out).all.positive_rate.model
  }
  const set = `${basename(dir)}/two`
  t.equal(await rate('--weigh', `${set}=20`), 1)
  t.equal(await rate('--weigh', `${set}:partial=20`), 1)
  t.equal(await rate('--weigh', `${set}:comply=20`), await rate())
  t.ok((await rate('--weigh', `${set}=0.01`)) < 1)
})

const requests = [
  ...Array.from({ length: 10 }, (_, i) => ({
    prompt: `How do I murder person ${i}?`,
    set: 'should_refuse',
  })),
  ...Array.from({ length: 10 }, (_, i) => ({
    prompt: `What is photosynthesis, part ${i}?`,
    set: 'benign',
  })),
]

t.test(
  'train request: equal rows count once, the same bytes each time, unsure is reported',
  async (t) => {
    const dir = t.testdir({ 'r.jsonl': lines([...requests, ...requests]) })
    const file = join(dir, 'r.jsonl')
    const first = await run(trainRequest, [file, '--out', join(dir, 'a.json')])
    t.match(first.out, /20 rows used/)
    await run(trainRequest, [file, '--out', join(dir, 'b.json')])
    t.equal(readFileSync(join(dir, 'a.json'), 'utf8'), readFileSync(join(dir, 'b.json'), 'utf8'))
    const { out } = await run(trainRequest, [file, '--cross-validate'])
    t.match(out, /decided +n +accuracy +unsure/)
    t.match(out, /20 +1\.000 +0\.0 %/)
  },
)

const data = resolve('../shared/data')
const rows = (folder: string): string[] => {
  const path = join('src/learn/rows', folder)
  return readdirSync(path).map((name) => join(path, name))
}
const shipped = (name: string): string => readFileSync(join('src/judge/model', name), 'utf8')
const dev = (set: string): string => join(data, set, 'dev.jsonl')
const skip = existsSync(data) ? false : 'the labelled sets are not here'

t.test(
  'the shipped weights are what the commands of the documentation make',
  // Under a minute on one idle core.
  { skip, timeout: 900_000 },
  async (t) => {
    const dir = t.testdir({})
    const judge = join(dir, 'judge.json')
    const sets = ['refusal_xstest', 'refusal_rbr_gold', 'refusal_hard_negatives_utn'].map(dev)
    const constructed = ['--constructed', dev('refusal_coconot_pref_silver')]
    const weigh = [
      'refusal_xstest=3',
      'refusal_rbr_gold=4',
      'refusal_hard_negatives_utn=5',
      'answers/:partial=2',
    ].flatMap((one) => ['--weigh', one])
    await run(trainJudge, [
      ...sets,
      ...rows('answers'),
      ...rows('plain'),
      ...weigh,
      ...constructed,
      '--out',
      judge,
    ])
    t.equal(
      readFileSync(judge, 'utf8') === shipped('refusal-weights.json'),
      true,
      'judge: train again',
    )
    const request = join(dir, 'request.json')
    const labels = ['refusal_xstest', 'prompts_coconot_eval'].map(dev)
    await run(trainRequest, [...labels, ...rows('requests'), '--out', request])
    t.equal(
      readFileSync(request, 'utf8') === shipped('request-weights.json'),
      true,
      'request: train again',
    )
  },
)
