/** What can come over the wire: refusals, garbage, half an answer, late ones, and too much. */
import t from 'tap'
import { type Dice, dice } from '../../src/simulator/seeded.ts'
import type { Stored } from '../../src/state/store.ts'
import { type Answer, hello, honest, startFakeRedis } from './fake-redis.ts'
import { answered, measureLag, openRedis, pause, redisSettings, until } from './open-redis.ts'

t.jobs = 1
const ttlMs = 60_000
const boundMs = 250 + 25 + 30
const failed = (error: string) => ({ ok: false, error })
const watch = { values: ['g:v'], parts: ['g:p'] }

/** HELLO is answered well, everything else so. */
const butFor =
  (answer: Answer): Answer =>
  (words, socket) =>
    words[0] === 'hello' ? hello : answer(words, socket)

const replies: readonly (readonly [string, string, string, boolean])[] = [
  ['LOADING Redis is loading the dataset in memory', 'down', 'LOADING', false],
  [
    "MASTERDOWN Link with MASTER is down and replica-serve-stale-data is set to 'no'.",
    'down',
    'MASTERDOWN',
    false,
  ],
  ['CLUSTERDOWN The cluster is down', 'down', 'CLUSTERDOWN', false],
  ['NOAUTH Authentication required.', 'no_auth', 'NOAUTH', false],
  ['MOVED 866 127.0.0.1:6381', 'other', 'MOVED', true],
  ['ASK 866 127.0.0.1:6381', 'other', 'ASK', true],
  [
    'MISCONF Redis is configured to save RDB snapshots, but it is currently unable to persist to disk',
    'read_only',
    'MISCONF',
    true,
  ],
  ['NOREPLICAS Not enough good replicas to write.', 'read_only', 'NOREPLICAS', true],
  ['ERR unknown command', 'other', 'ERR', true],
  ['BUSY Redis is busy running a script.', 'down', 'BUSY', true],
  ['NEVERSEEN of this one', 'other', 'reply', true],
]

for (const [reply, error, cause, up] of replies)
  t.test(`the reply ${cause} is ${error}, and is over when it is over`, async (t) => {
    const server = await startFakeRedis(t)
    const { store, errors } = openRedis(t, redisSettings(server.port))
    await until(() => store.isUp(), 3000)
    server.answerWith(butFor(() => `-${reply}\r\n`))
    t.strictSame(await store.set('g:v', '1', ttlMs), failed(error))
    t.strictSame(await store.writePart('g:p', 'one', '1', ttlMs), failed(error))
    t.strictSame(await store.read(['g:v']), failed(error))
    t.strictSame(await store.readParts('g:p'), failed(error))
    t.strictSame(await store.transact(watch, () => ({ result: 0 })), failed(error))
    t.strictSame([...new Set(errors)], [`${error} ${cause}`])
    t.equal(store.isUp(), up)
    server.answerWith(honest)
    await until(() => store.isUp(), 3000)
    t.strictSame(await store.set('g:v', '1', ttlMs), { ok: true, value: undefined })
  })

t.test('a server without RESP3 is spoken to in RESP2', async (t) => {
  const server = await startFakeRedis(t, (words) =>
    words[0] === 'hello' ? "-ERR unknown command 'HELLO'\r\n" : honest(words).replace('%0', '*0'),
  )
  const { store } = openRedis(t, redisSettings(server.port))
  await until(() => store.isUp(), 3000)
  t.strictSame(await store.readParts('g:p'), { ok: true, value: new Map() })
})

t.test('well-formed replies to something else are not believed', async (t) => {
  const server = await startFakeRedis(t)
  const { store, bad, errors } = openRedis(t, redisSettings(server.port))
  await until(() => store.isUp(), 3000)
  for (const odd of [
    ':5\r\n',
    '_\r\n',
    '*1\r\n:1\r\n',
    '#t\r\n',
    ',1.5\r\n',
    '(12\r\n',
    '~1\r\n+a\r\n',
    '=5\r\ntxt:a\r\n',
    '%1\r\n+a\r\n:1\r\n',
  ]) {
    server.answerWith(butFor(() => odd))
    for (const answer of [await store.read(['g:v']), await store.readParts('g:p')])
      t.ok(!answer.ok || answer.value.size === 0, odd)
    const set = await store.set('g:v', '1', ttlMs)
    t.strictSame(set, failed('other'), odd)
    const part = await store.writePart('g:p', 'one', '1', ttlMs)
    t.equal(part.ok, false, odd)
    const transact = await store.transact(watch, () => ({
      result: 0,
      writes: { set: [{ key: 'g:v', value: '1', ttlMs }] },
    }))
    t.equal(transact.ok, false, odd)
  }
  t.ok(bad.length > 0)
  t.ok(errors.includes('other odd_reply'))
})

/** Some wait for the end of their time. */
const forms = process.env['HOLDFAST_TEST_SLOW'] === '1' ? 250 : 80

function garbage(random: Dice): Buffer {
  const kinds = '+-:$*%~>_#,(=!|}x\r\n\0'
  const pieces = [
    '\r\n',
    '0',
    '1',
    '-1',
    '5',
    '99999999999999999999',
    '_\r\n',
    'subscribe',
    'message',
    'invalidate',
    'OK',
    'MOVED 1 a:b',
    '__proto__',
  ]
  let text = ''
  for (let left = 1 + random.between(0, 11); left > 0; left--) {
    text += kinds[random.between(0, kinds.length - 1)] ?? ''
    text += pieces[random.between(0, pieces.length - 1)] ?? ''
    if (random.between(0, 2) > 0) text += '\r\n'
  }
  return random.between(0, 3) > 0
    ? Buffer.from(text, 'latin1')
    : Buffer.from(Array.from({ length: 1 + random.between(0, 63) }, () => random.between(0, 255)))
}

t.test(
  `garbage in ${forms} forms: every call is settled, nothing is thrown, honest answers work again`,
  async (t) => {
    const server = await startFakeRedis(t)
    const { store } = openRedis(t, redisSettings(server.port, { commandTimeoutMs: 100 }))
    await until(() => store.isUp(), 3000)
    const thrown: unknown[] = []
    const note = (error: unknown): number => thrown.push(error)
    process.on('uncaughtException', note)
    process.on('unhandledRejection', note)
    t.teardown(() => {
      process.off('uncaughtException', note)
      process.off('unhandledRejection', note)
    })
    const known = [
      '>1\r\n_\r\n',
      '>1\r\n$9\r\nsubscribe\r\n',
      '>2\r\n+message\r\n_\r\n',
      '>3\r\n+unsubscribe\r\n_\r\n:0\r\n',
      '>0\r\n',
      '*-1\r\n',
      '*5000000000\r\n',
    ]
    const random = dice(13)
    let slowest = 0
    const lag = measureLag(t)
    for (let i = 0; i < forms; i++) {
      server.answerWith(honest)
      while (
        !(await store.read(['g:v'])).ok ||
        !(await store.transact(watch, () => ({ result: 0 }))).ok
      )
        await pause(5)
      const form = known[i] ?? garbage(random)
      // Now and then the handshake gets it too.
      const answer: Answer = () => form
      server.answerWith(i % 4 === 3 ? answer : butFor(answer))
      const from = performance.now()
      const calls: Promise<Stored<unknown>>[] = [
        store.read(['g:v', 'g:w']),
        store.readParts('g:p'),
        store.writePart('g:p', 'one', '1', ttlMs),
        store.transact(watch, () => ({ result: 0, writes: { drop: ['g:v'] } })),
      ]
      await Promise.all(calls)
      slowest = Math.max(slowest, performance.now() - from)
    }
    t.strictSame(thrown, [])
    t.ok(slowest < 2 * 125 + 30 + lag.ms(), `${slowest.toFixed(0)} ms at most`)
    server.answerWith(honest)
    const set = await answered(() => store.set('g:v', '1', ttlMs), 4000)
    t.strictSame(set, { ok: true, value: undefined })
  },
)

t.test(
  'cut off before, in or after an answer: the call fails, the next one is answered',
  async (t) => {
    const server = await startFakeRedis(t)
    const { store } = openRedis(t, redisSettings(server.port))
    await until(() => store.isUp(), 3000)
    const lag = measureLag(t)
    // The last two bytes carry nothing, and are not waited for.
    const whole = '$10\r\n0123456789\r\n'
    for (let length = 0; length < whole.length - 1; length++) {
      server.answerWith(
        butFor((_words, socket) => {
          socket.end(whole.slice(0, length))
          return undefined
        }),
      )
      const from = performance.now()
      t.strictSame(await store.read(['g:v']), failed('down'), `after ${length} bytes`)
      t.ok(performance.now() - from < 50 + lag.ms())
      server.answerWith(honest)
      await until(() => store.isUp(), 3000)
      t.strictSame(await store.read(['g:v']), { ok: true, value: new Map() })
    }
  },
)

t.test('answers that are late are no answers to the next call', async (t) => {
  const server = await startFakeRedis(t)
  const { store } = openRedis(t, redisSettings(server.port, { commandTimeoutMs: 100 }))
  await until(() => store.isUp(), 3000)
  const lag = measureLag(t)
  let delayMs = 60
  const timers = new Set<NodeJS.Timeout>()
  t.teardown(() => {
    for (const timer of timers) clearTimeout(timer)
  })
  server.answerWith((words, socket) => {
    timers.add(setTimeout(() => socket.writable && socket.write(honest(words)), delayMs))
    return undefined
  })
  t.strictSame(
    await store.set('g:v', '1', ttlMs),
    { ok: true, value: undefined },
    'slow is not late',
  )
  delayMs = 150
  for (let i = 0; i < 3; i++) {
    const from = performance.now()
    const answer = await store.set('g:v', '1', ttlMs)
    t.equal(answer.ok, false)
    t.ok(performance.now() - from < boundMs + lag.ms())
  }
  await pause(300)
  server.answerWith(honest)
  // Had the late +OK of a SET been taken for it, this would be an entry.
  const read = await answered(() => store.read(['g:v']), 3000)
  t.strictSame(read, { ok: true, value: new Map() })
})

t.test('a transaction of many slow steps ends at its own deadline', async (t) => {
  const server = await startFakeRedis(t)
  const { store } = openRedis(t, redisSettings(server.port))
  await until(() => store.isUp(), 3000)
  const lag = measureLag(t)
  const timers = new Set<NodeJS.Timeout>()
  t.teardown(() => {
    for (const timer of timers) clearTimeout(timer)
  })
  server.answerWith((words, socket) => {
    // Somebody else always comes first.
    const reply = words[0] === 'exec' ? '_\r\n' : honest(words)
    timers.add(setTimeout(() => socket.writable && socket.write(reply), 40))
    return undefined
  })
  const from = performance.now()
  let decisions = 0
  const answer = await store.transact(watch, () => {
    decisions++
    return { result: 0, writes: { drop: ['g:v'] } }
  })
  t.strictSame(answer, failed('timeout'))
  t.ok(decisions === 2 || decisions === 3, `${decisions} decisions`)
  t.ok(performance.now() - from < boundMs + lag.ms())
})

t.test('bytes that nobody asked for end the connection, and are not kept', async (t) => {
  const server = await startFakeRedis(t)
  const { store } = openRedis(t, redisSettings(server.port))
  await until(() => store.isUp(), 3000)
  const before = server.connections()
  const heldBefore = process.memoryUsage().arrayBuffers
  let most = 0
  server.answerWith((words, socket) => {
    if (words[0] === 'hello') return hello
    // A reply, and the beginning of a very long one.
    const flood = (): void => {
      if (!socket.writable) return
      socket.write(Buffer.alloc(1_048_576, 'x'))
      most = Math.max(most, process.memoryUsage().arrayBuffers - heldBefore)
      setTimeout(flood, 1)
    }
    setTimeout(flood, 5)
    return `${honest(words)}$999999999\r\n`
  })
  await store.read(['g:v'])
  await pause(300)
  server.answerWith(honest)
  const read = await answered(() => store.read(['g:v']), 3000)
  t.strictSame(read, { ok: true, value: new Map() })
  t.ok(server.connections() > before)
  t.ok(most < 33_554_432, `${most} bytes at most`)
})
