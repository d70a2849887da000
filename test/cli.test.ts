import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import t from 'tap'
import { packageVersion } from '../src/version.ts'

const environment = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !name.startsWith('HOLDFAST_')),
)

// The test runner puts its loader into NODE_OPTIONS of every child.
const bare = ['-u', 'NODE_OPTIONS', process.execPath]
// The build is what people run.
const cli = resolve('dist/cli.js')

function start(args: string[], env: Record<string, string> = {}) {
  const child = spawn('env', [...bare, cli, ...args], {
    env: { ...environment, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const told = { out: '', err: '' }
  child.stdout.on('data', (chunk) => {
    told.out += String(chunk)
  })
  child.stderr.on('data', (chunk) => {
    told.err += String(chunk)
  })
  return { child, told }
}

async function ended(child: ChildProcess): Promise<number | null> {
  const [code] = await once(child, 'close')
  return typeof code === 'number' ? code : null
}

async function untilTold(child: ChildProcess, told: { out: string }, text: string): Promise<void> {
  while (!told.out.includes(text)) {
    if (child.exitCode !== null || child.stdout === null) throw new Error(`ended before ${text}`)
    await once(child.stdout, 'data')
  }
}

const served = [
  'serve',
  '--upstream',
  'http://127.0.0.1:9',
  '--listen',
  '127.0.0.1:0',
  '--admin',
  '127.0.0.1:0',
]

t.test('the build begins with the line that makes it a program', (t) => {
  t.ok(readFileSync(cli, 'utf8').startsWith('#!/usr/bin/env node\n'))
  t.end()
})

t.test('--version prints the version and ends with 0', async (t) => {
  const { child, told } = start(['--version'])
  t.equal(await ended(child), 0)
  t.equal(told.out, `${packageVersion}\n`)
})

t.test('faults of the configuration end serve with 2, before anything listens', async (t) => {
  const { child, told } = start(['serve', '--sample-rate', '5'], { HOLDFAST_LISTN: 'x' })
  t.equal(await ended(child), 2)
  t.match(
    told.err,
    /^The configuration has 3 faults:\n {2}HOLDFAST_LISTN: .*\n {2}sample\.rate .*\n {2}upstream: /,
  )
  t.equal(told.out, '')
})

t.test('an address in use is a fault of its key', async (t) => {
  const first = start([...served, '--drain-delay-ms', '0'])
  await untilTold(first.child, first.told, '"started"')
  const { dataUrl } = JSON.parse(first.told.out)
  const second = start([...served, '--listen', new URL(dataUrl).host])
  t.equal(await ended(second.child), 1)
  t.match(second.told.err, /listen: 127.0.0.1:\d+ is in use by another process/)
  first.child.kill('SIGTERM')
  t.equal(await ended(first.child), 0)
})

t.test('SIGTERM drains and ends with 0', async (t) => {
  const { child, told } = start([...served, '--drain-delay-ms', '0'])
  await untilTold(child, told, '"started"')
  child.kill('SIGTERM')
  t.equal(await ended(child), 0)
  t.match(told.out, /"draining".*\n.*"stopped"/)
  t.equal(told.err.includes('internal fault'), false)
})

t.test('a second SIGINT does not wait for the drain', async (t) => {
  const { child, told } = start([...served, '--drain-delay-ms', '60000'])
  await untilTold(child, told, '"started"')
  child.kill('SIGINT')
  await untilTold(child, told, '"draining"')
  child.kill('SIGINT')
  t.equal(await ended(child), 130)
})
