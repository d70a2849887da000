import t from 'tap'
import type { EndedExchange } from '../src/exchange/captured.ts'
import { createLog, errorFields, type Log } from '../src/log.ts'
import { planted } from './planted-secrets.ts'

function collect(level: 'info' | 'silent' | 'warn' = 'info'): { log: Log; lines: string[] } {
  const lines: string[] = []
  const log = createLog({ level, stream: { write: (line) => void lines.push(line) } })
  return { log, lines }
}

const exchange: EndedExchange = {
  protocol: 'openai_chat',
  route: 'default',
  method: 'POST',
  path: '/v1/chat/completions',
  outcome: 'complete',
  status: 200,
  errorKind: undefined,
  startedAt: 1_700_000_000_000,
  overheadMs: 0.123456,
  firstByteMs: 12.3456,
  durationMs: 100,
  largestGapMs: 5,
  traceId: '0af7651916cd43dd8448eb211c80319c',
}

t.test('an exchange is one line of listed fields', (t) => {
  const { log, lines } = collect()
  log.exchange(exchange)
  t.equal(lines.length, 1)
  const { time, ...fields } = JSON.parse(lines[0] ?? '')
  t.match(time, /^\d{4}-\d\d-\d\dT/)
  t.strictSame(fields, {
    level: 'info',
    method: 'POST',
    route: 'default',
    protocol: 'openai_chat',
    outcome: 'complete',
    status: 200,
    overheadMs: 0.123,
    firstByteMs: 12.346,
    durationMs: 100,
    largestGapMs: 5,
    traceId: '0af7651916cd43dd8448eb211c80319c',
    msg: 'exchange',
  })
  t.end()
})

/** The places from which secrets have reached logs elsewhere. */
function failureWith(secret: string): Error {
  const inner = Object.assign(
    new Error(`connect failed for ${secret}\n    at ${secret} (a.ts:1:1)`),
    {
      code: 'ECONNREFUSED',
      config: { headers: { authorization: `Bearer ${secret}`, 'x-api-key': secret } },
      rawHeaders: ['Authorization', secret],
      body: `{"key":"${secret}"}`,
    },
  )
  const outer = new Error(`request to /v1?key=${secret} failed`, { cause: inner })
  return Object.assign(outer, { code: 'ERR_UPSTREAM', url: `http://u:${secret}@h/?key=${secret}` })
}

t.test('12 planted secrets appear in no line of any event', (t) => {
  t.equal(planted.length, 12)
  const { log, lines } = collect()
  for (const secret of planted) {
    const error = failureWith(secret)
    const extra: object = { requestHeaders: { authorization: secret, cookie: secret } }
    log.exchange({ ...exchange, path: `/v1/${secret}?key=${secret}`, ...extra })
    log.exchange({ ...exchange, method: secret, route: `r ${secret}`, traceId: secret })
    log.started({ dataUrl: `http://h/?key=${secret}`, adminUrl: `http://u:${secret}@h` })
    log.configWarning({ key: 'identity.header', reason: `is ${secret}` })
    log.drainForced(1)
    log.monitorLost(`exit ${secret}`, error)
    log.scrapeFailed(error)
    log.internalError(`at ${secret}`, { message: secret })
    log.internalError('x', secret)
  }
  t.equal(lines.length, planted.length * 9)
  const text = lines.join('')
  for (const secret of planted) {
    t.notOk(text.includes(secret), secret)
    // Nor its telling half.
    t.notOk(text.includes(secret.slice(-10)), secret)
  }
  for (const line of lines) JSON.parse(line)
  t.end()
})

t.test('an error is told by kind, code and place along its causes', (t) => {
  const fields = errorFields(failureWith('hunter2'))
  t.strictSame(fields['errors'], ['Error ERR_UPSTREAM', 'Error ECONNREFUSED'])
  t.match(JSON.stringify(fields['frames']), /log\.test/)
  t.notMatch(JSON.stringify(fields), /hunter2/)
  t.strictSame(errorFields('hunter2'), { errors: ['string'] })
  t.strictSame(errorFields(undefined), { errors: [] })
  const circle = new TypeError('a')
  circle.cause = circle
  t.equal(JSON.stringify(errorFields(circle)['errors']), JSON.stringify(Array(5).fill('TypeError')))
  t.end()
})

t.test('a line break in a value makes no second line', (t) => {
  const { log, lines } = collect()
  log.monitorLost('a\n{"level":"info","msg":"forged"}\u001b[31m', undefined)
  t.equal(lines.length, 1)
  t.equal((lines[0] ?? '').trimEnd().includes('\n'), false)
  t.equal((lines[0] ?? '').includes('\u001b'), false)
  t.end()
})

t.test('levels below the configured one are not written', (t) => {
  const silent = collect('silent')
  silent.log.internalError('x', new Error('y'))
  t.strictSame(silent.lines, [])
  const warn = collect('warn')
  warn.log.exchange(exchange)
  warn.log.drainForced(3)
  t.match(
    warn.lines.map((line) => JSON.parse(line)),
    [{ level: 'warn', cut: 3, msg: 'drain_forced' }],
  )
  t.end()
})
