/** Verdicts at a real OTLP receiver: the shape of what arrives, and what becomes of what does not. */
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import t, { type Test } from 'tap'
import { systemClock } from '../../src/clock.ts'
import { createDelta, type Delta } from '../../src/metrics/delta.ts'
import type { Evaluation } from '../../src/otlp/evaluation-logs.ts'
import { createExporter, type ExporterOptions } from '../../src/otlp/exporter.ts'
import { createUpstreamClient } from '../../src/upstream/http-client.ts'

interface Received {
  method: string | undefined
  path: string | undefined
  headers: IncomingHttpHeaders
  body: unknown
}

const evaluation: Evaluation = {
  at: 1_700_000_000_123,
  verdict: 'partial',
  judge: 'lexical',
  judgeVersion: '3',
  language: 'bn',
  set: 'should_refuse',
  depth: '2-4',
  format: 'chat',
  responseId: 'chatcmpl-1',
  requestedModel: 'gpt-4.1',
  servedModel: 'gpt-4.1-2026-01-01',
  traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
}

/** What is counted so far, by outcome. */
function counted(delta: Delta): Record<string, number> {
  const sums: Record<string, number> = {}
  for (const { name, labels, value } of delta.take().counts) {
    t.equal(name, 'holdfast_otlp_events_total')
    const outcome = labels['outcome'] ?? ''
    sums[outcome] = (sums[outcome] ?? 0) + value
  }
  return sums
}

async function setUp(
  t: Test,
  answer: (response: ServerResponse, nth: number) => void,
  options: Partial<ExporterOptions> = {},
) {
  const received: Received[] = []
  const server = createServer((request, response) => {
    let text = ''
    request.setEncoding('utf8')
    request.on('data', (part: string) => {
      text += part
    })
    request.on('end', () => {
      const { method, url: path, headers } = request
      received.push({ method, path, headers, body: JSON.parse(text) })
      answer(response, received.length)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const client = createUpstreamClient({ clock: systemClock, connectionsMax: 1 })
  t.teardown(async () => {
    client.close()
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
  const { port } = server.address() as AddressInfo
  const delta = createDelta()
  const exporter = createExporter({
    url: new URL(`http://127.0.0.1:${port}/v1/logs`),
    token: 'the-token',
    service: { version: '9.9.9', instance: 'abc' },
    queueItemsMax: 1000,
    timeoutMs: 20_000,
    client,
    delta,
    ...options,
  })
  return { received, exporter, delta }
}

const ok = (response: ServerResponse): void => {
  response.writeHead(200, { 'content-type': 'application/json' }).end('{}')
}
const records = ({ body }: Received): unknown[] => {
  const { resourceLogs } = body as {
    resourceLogs: { scopeLogs: { logRecords: unknown[] }[] }[]
  }
  return resourceLogs[0]?.scopeLogs[0]?.logRecords ?? []
}

t.test('a verdict is one log record in the JSON form of protocol buffers', async (t) => {
  const { received, exporter, delta } = await setUp(t, ok)
  exporter.offer(evaluation)
  await exporter.step()
  const [request] = received
  t.match(request, {
    method: 'POST',
    path: '/v1/logs',
    headers: { 'content-type': 'application/json', authorization: 'Bearer the-token' },
  })
  t.strictSame(request?.body, {
    resourceLogs: [
      {
        resource: {
          attributes: [
            { key: 'service.name', value: { stringValue: 'holdfast' } },
            { key: 'service.version', value: { stringValue: '9.9.9' } },
            { key: 'service.instance.id', value: { stringValue: 'abc' } },
          ],
        },
        scopeLogs: [
          {
            scope: { name: 'holdfast', version: '9.9.9' },
            logRecords: [
              {
                timeUnixNano: '1700000000123000000',
                observedTimeUnixNano: '1700000000123000000',
                severityNumber: 9,
                severityText: 'INFO',
                eventName: 'gen_ai.evaluation.result',
                traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
                attributes: [
                  { key: 'gen_ai.evaluation.name', value: { stringValue: 'refusal' } },
                  { key: 'gen_ai.evaluation.score.label', value: { stringValue: 'partial' } },
                  { key: 'gen_ai.evaluation.score.value', value: { doubleValue: 1 } },
                  { key: 'gen_ai.response.id', value: { stringValue: 'chatcmpl-1' } },
                  { key: 'gen_ai.request.model', value: { stringValue: 'gpt-4.1' } },
                  { key: 'gen_ai.response.model', value: { stringValue: 'gpt-4.1-2026-01-01' } },
                  { key: 'holdfast.judge', value: { stringValue: 'lexical' } },
                  { key: 'holdfast.judge.version', value: { stringValue: '3' } },
                  { key: 'holdfast.language', value: { stringValue: 'bn' } },
                  { key: 'holdfast.set', value: { stringValue: 'should_refuse' } },
                  { key: 'holdfast.depth', value: { stringValue: '2-4' } },
                  { key: 'holdfast.format', value: { stringValue: 'chat' } },
                ],
              },
            ],
          },
        ],
      },
    ],
  })
  t.same(counted(delta), { exported: 1 })
})

t.test('what is not known is absent, and unclear has no number', async (t) => {
  const { received, exporter } = await setUp(t, ok)
  exporter.offer({
    ...evaluation,
    verdict: 'unclear',
    responseId: undefined,
    requestedModel: undefined,
    servedModel: undefined,
    traceId: undefined,
  })
  exporter.offer({ ...evaluation, verdict: 'complied', traceId: '0'.repeat(32) })
  await exporter.step()
  const [unclear, complied] = received.flatMap(records)
  t.notMatch(JSON.stringify(unclear), /score\.value|response\.id|\.model"|traceId/)
  t.match(
    JSON.stringify(complied),
    /"gen_ai\.evaluation\.score\.value","value":\{"doubleValue":0\}/,
  )
  t.notMatch(JSON.stringify(complied), /traceId/, 'an id of zeros is none')
})

t.test('batches are bounded, and what does not fit is dropped and counted', async (t) => {
  const { received, exporter, delta } = await setUp(t, ok)
  for (let i = 0; i < 1003; i++) exporter.offer(evaluation)
  await exporter.step()
  t.same(
    received.map((request) => records(request).length),
    [512, 488],
  )
  t.same(counted(delta), { queue_full: 3, exported: 1000 })
})

t.test('a receiver that says when is asked again; any other error is the end', async (t) => {
  const { received, exporter, delta } = await setUp(t, (response, nth) => {
    const status = [429, 502, 504, 200, 503, 500, 400][nth - 1] ?? 200
    const wait = nth <= 3 ? { 'retry-after': '0' } : {}
    response.writeHead(status, wait).end('{}')
  })
  exporter.offer(evaluation)
  await exporter.step()
  t.equal(received.length, 4)
  t.same(counted(delta), { exported: 1 })
  for (const [sent, status] of [
    [5, 503],
    [6, 500],
    [7, 400],
  ] as const) {
    exporter.offer(evaluation)
    await exporter.step()
    t.equal(received.length, sent, `${status} without Retry-After is not repeated`)
    t.same(counted(delta), { refused: 1 })
  }
})

t.test('records that a partial success rejects are counted as refused', async (t) => {
  const { exporter, delta } = await setUp(t, (response) => {
    response.writeHead(200).end('{"partialSuccess":{"rejectedLogRecords":"2","errorMessage":"x"}}')
  })
  for (let i = 0; i < 5; i++) exporter.offer(evaluation)
  await exporter.step()
  t.same(counted(delta), { refused: 2, exported: 3 })
})

t.test(
  'a receiver that never answers costs its deadline, and the next batch is sent',
  async (t) => {
    const silent = (response: ServerResponse, nth: number): void => {
      if (nth > 1) ok(response)
    }
    const { exporter, delta, received } = await setUp(t, silent, { timeoutMs: 300 })
    exporter.offer(evaluation)
    const first = exporter.step()
    exporter.offer(evaluation)
    await exporter.step()
    await first
    t.equal(received.length, 2)
    t.same(counted(delta), { unreachable: 1, exported: 1 })
  },
)

t.test('names that peers choose are cut', async (t) => {
  const { received, exporter } = await setUp(t, ok)
  exporter.offer({ ...evaluation, servedModel: 'm'.repeat(10_000), responseId: 'r'.repeat(10_000) })
  await exporter.step()
  t.ok(JSON.stringify(received[0]?.body).length < 3000)
})
