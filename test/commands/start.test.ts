import { PassThrough } from 'node:stream'
import t from 'tap'
import type { Command } from '../../src/commands/command.ts'
import { createStart } from '../../src/commands/start.ts'

const ran: string[] = []
const named = (word: string): Command => ({
  words: [word],
  summary: '',
  help: '',
  async run(args) {
    ran.push([word, ...args].join(' '))
    return 0
  },
})
const start = createStart({ serve: async () => named('serve'), demo: async () => named('demo') })

async function choice(args: string[], env: NodeJS.ProcessEnv = {}): Promise<string | undefined> {
  const stdout = new PassThrough()
  const signal = new AbortController().signal
  await start.run(args, { stdout, stderr: stdout, env, signal })
  return ran.pop()
}

t.test('nothing configured is the demo, and its own options reach it', async (t) => {
  t.equal(await choice([]), 'demo')
  t.equal(await choice([], { HOLDFAST_UPSTREAM: '' }), 'demo')
  t.equal(await choice([], { HOLDFAST_LOG_LEVEL: 'warn' }), 'demo')
  t.equal(await choice(['--seconds', '5']), 'demo --seconds 5')
})

t.test('an upstream, a file or an option of the proxy is the main job', async (t) => {
  t.equal(await choice(['--upstream', 'http://h']), 'serve --upstream http://h')
  t.equal(await choice([], { HOLDFAST_UPSTREAM: 'http://h' }), 'serve')
  t.equal(await choice([], { HOLDFAST_CONFIG: 'x.yaml' }), 'serve')
  t.equal(await choice(['--config', 'x.yaml']), 'serve --config x.yaml')
  t.equal(await choice(['--listen', ':1']), 'serve --listen :1')
})
