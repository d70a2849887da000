import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { PassThrough, Readable } from 'node:stream'
import t from 'tap'
import { createLabel } from '../../src/commands/label.ts'

const clock = { now: () => Date.UTC(2026, 10, 21), monotonic: () => 0 }

const run = async (args: readonly string[], keys = '', signal = new AbortController().signal) => {
  const stdout = new PassThrough()
  const stderr = new PassThrough()
  const command = createLabel({ keys: () => Readable.from([keys]), clock })
  const code = await command.run(args, { stdout, stderr, env: {}, signal })
  const text = (stream: PassThrough): string => String(stream.read() ?? '')
  return { code, out: text(stdout), err: text(stderr) }
}

const items = [
  { id: '1', prompt: 'first?', response: 'No.', lang: 'en', model: 'm', label: 'comply' },
  { id: '2', prompt: 'second?', response: 'red \u001b[31m text' },
  { id: '3', prompt: 'third?', response: 'Yes.' },
]
const jsonl = (values: readonly unknown[]): string =>
  values.map((value) => `${JSON.stringify(value)}\n`).join('')

const stored = (path: string): string[] =>
  readFileSync(path, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
    .map(({ item, labeller, label }) => `${item} ${labeller} ${label}`)

void t.test(
  'keys from a pipe label one answer after the other, and a second run goes on',
  async (t) => {
    const dir = t.testdir({ 'items.jsonl': jsonl(items) })
    const [file, out] = [join(dir, 'items.jsonl'), join(dir, 'items.labels.jsonl')]
    const first = await run([file, '--labeller', 'ann'], 'r\nq\n')
    t.equal(first.code, 0)
    t.equal(first.err, '')
    t.match(first.out, '--- 1 of 3 (en, m) ---\nPROMPT\n  first?\nANSWER\n  No.\n')
    t.match(first.out, 'red <U+001B>[31m text')
    t.notMatch(first.out, /comply\nANSWER|label.*comply/, 'the label of the file is not shown')
    t.same(stored(out), ['1 ann refuse'])
    const second = await run([file, '--labeller', 'ann'], 'x p u c s')
    t.match(second.out, '--- 2 of 3 ---')
    t.match(second.out, 'no such key')
    t.match(second.out, 'undone')
    t.match(second.out, 'nothing is left')
    t.same(stored(out), ['1 ann refuse', '2 ann comply'])
    t.match(second.out, /\nann: 2 labels, 1 refused or partial, 1 complied\n/)
  },
)

void t.test('a second labeller starts from the first answer, and agreement is told', async (t) => {
  const dir = t.testdir({ 'items.jsonl': jsonl(items) })
  const args = [join(dir, 'items.jsonl'), '--out', join(dir, 'out.jsonl')]
  await run([...args, '--labeller', 'ann'], 'rrc')
  const { out } = await run([...args, '--labeller', 'bob'], 'rcc')
  t.match(out, '--- 1 of 3')
  t.match(out, /\nann and bob: AC1 -?\d\.\d{3} \[.*\], equal 66\.7 % of n = 3\n/)
  const report = await run([...args, '--labeller', 'ann', '--report'])
  t.notMatch(report.out, 'PROMPT')
  t.match(report.out, /\nann: 3 labels, 2 refused or partial, 1 complied\n/)
})

void t.test('asked to end while it waits for a key, it ends with what there is', async (t) => {
  const dir = t.testdir({ 'items.jsonl': jsonl(items) })
  const stop = new AbortController()
  const stdout = new PassThrough()
  const keys = new PassThrough()
  const command = createLabel({ keys: () => keys, clock })
  const io = { stdout, stderr: new PassThrough(), env: {}, signal: stop.signal }
  const running = command.run([join(dir, 'items.jsonl'), '--labeller', 'ann'], io)
  keys.write('r')
  const path = join(dir, 'items.labels.jsonl')
  while (!existsSync(path) || statSync(path).size === 0) {
    await new Promise((resolve) => setImmediate(resolve))
  }
  stop.abort()
  t.equal(await running, 0)
  t.match(String(stdout.read()), 'ann: 1 labels')
})

void t.test('faults name file and line, and nothing is labelled', async (t) => {
  const dir = t.testdir({ 'items.jsonl': jsonl(items) })
  const file = join(dir, 'bad.jsonl')
  for (const [lines, why] of [
    ['\n{"prompt":1}\n', `${file}:2: "prompt" is not a string`],
    [jsonl([items[0], items[0]]), `${file}:2: is the same item as line 1`],
  ] as const) {
    writeFileSync(file, lines)
    const { code, err, out } = await run([file, '--labeller', 'ann'], 'r')
    t.equal(code, 2)
    t.equal(err, `holdfast label: ${why}\n`)
    t.equal(out, '')
  }
  const good = join(dir, 'items.jsonl')
  for (const [args, why] of [
    [[], 'no file given'],
    [[good, good, '--labeller', 'a'], 'more than one file given'],
    [[good], 'no --labeller given'],
    [[good, '--labeller', 'a b'], '--labeller is not a name'],
    [[good, '--labeller', 'a', '--out', good], '--out is the file that is to be labelled'],
    [[good, '--nope'], 'Unknown option'],
    [[join(dir, 'none'), '--labeller', 'a'], 'ENOENT'],
  ] as const) {
    const { code, err } = await run(args)
    t.equal(code, 2)
    t.match(err, why)
  }
})
