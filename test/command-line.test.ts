import { PassThrough } from 'node:stream'
import t from 'tap'
import { runCommandLine } from '../src/command-line.ts'
import type { Command } from '../src/commands/command.ts'

const ran: string[] = []
const command = (words: string[], code = 0) => ({ words, load: async () => loaded(words, code) })
const loaded = (words: string[], code: number): Command => ({
  words,
  summary: `Do ${words.join(' ')}`,
  help: `Usage: holdfast ${words.join(' ')} FILE`,
  async run(args) {
    ran.push([words.join(' '), ...args].join('|'))
    return code
  },
})
const table = {
  commands: [command(['eval']), command(['eval', 'judge'], 3), command(['serve'])],
  hidden: [command(['docs'])],
  version: '1.2.3',
}

async function run(...args: string[]) {
  ran.length = 0
  const stdout = new PassThrough()
  const stderr = new PassThrough()
  const io = { stdout, stderr, env: {}, signal: new AbortController().signal }
  const code = await runCommandLine(args, io, table)
  const text = (stream: PassThrough): string => String(stream.read() ?? '')
  return { code, out: text(stdout), err: text(stderr), ran: [...ran] }
}

t.test(
  'the command with the most fitting words runs with the rest, and its code is the code',
  async (t) => {
    t.match(await run('eval', 'judge', 'x', '--json'), { code: 3, ran: ['eval judge|x|--json'] })
    t.match(await run('eval', 'x'), { code: 0, ran: ['eval|x'] })
    t.match(await run('docs'), { ran: ['docs'] })
  },
)

t.test('--help of a command prints its help and runs nothing', async (t) => {
  t.strictSame(await run('eval', 'judge', '--help'), {
    code: 0,
    out: 'Usage: holdfast eval judge FILE\n',
    err: '',
    ran: [],
  })
})

t.test('--help lists the commands, not the hidden ones; --version is the version', async (t) => {
  const help = await run('--help')
  t.equal(help.code, 0)
  t.match(help.out, /^ {2}eval judge {2}Do eval judge$/m)
  t.notMatch(help.out, /docs/)
  t.match(await run('--version'), { code: 0, out: '1.2.3\n', err: '' })
})

t.test('without a command the usage is an error', async (t) => {
  const told = await run()
  t.equal(told.code, 2)
  t.match(told.err, /^Usage: holdfast COMMAND/)
  t.equal(told.out, '')
})

t.test('an unknown command names the nearest one and ends with 2', async (t) => {
  t.match(await run('evla', 'judge'), {
    code: 2,
    ran: [],
    err: /unknown command evla judge; did you mean holdfast eval judge\?/,
  })
  t.match(await run('sevre', 'http://h'), { code: 2, err: /did you mean holdfast serve\?/ })
  t.match(await run('deploy'), { code: 2, err: /^holdfast: unknown command deploy\n/ })
  t.match(await run('--upstream', 'http://u:hunter2@h'), {
    code: 2,
    err: /unknown command --upstream/,
  })
  t.notMatch((await run('sk-live-1234567890')).err, /1234567890/)
})

t.test('the first word of a group names the commands of the group', async (t) => {
  const grouped = {
    commands: [command(['eval', 'judge']), command(['eval', 'language']), command(['serve'])],
    hidden: [],
    version: '1',
  }
  const io = (stdout: PassThrough, stderr: PassThrough) => ({
    stdout,
    stderr,
    env: {},
    signal: new AbortController().signal,
  })
  for (const args of [['eval'], ['eval', 'foo'], ['eval', '--help']]) {
    const [stdout, stderr] = [new PassThrough(), new PassThrough()]
    const asked = args.includes('--help')
    t.equal(await runCommandLine(args, io(stdout, stderr), grouped), asked ? 0 : 2)
    const text = String((asked ? stdout : stderr).read())
    t.match(text, /eval judge[\s\S]*eval language/)
    t.notMatch(text, 'serve')
  }
})
