/** A classifier of one's own as the live judge of the built program. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import t from 'tap'
import { skipWithoutOnnx } from '../judge/onnx/installed.ts'
import { tinyModel, tinyTokenizer } from '../judge/onnx/tiny-model.ts'
import { startHoldfast } from './support/holdfast-process.ts'

/** Unknown words say nothing; the first two speak for refused, the others for complied. */
const words = ['cannot', 'sorry', 'sure', 'here']
const weights = [
  [0, 0],
  [4, 0],
  [4, 0],
  [0, 4],
  [0, 4],
]

t.test(
  'its verdicts are counted, and nothing is lost while it thinks',
  { skip: skipWithoutOnnx },
  async (t) => {
    const answers = ['sorry cannot', 'sure here', 'sorry cannot', '']
    const upstream = createServer((request, response) => {
      request.resume().on('end', () => {
        const content = answers[Number(request.headers['x-session-id']) % answers.length]
        const message = { role: 'assistant', content }
        response.setHeader('content-type', 'application/json')
        response.end(JSON.stringify({ model: 'm', choices: [{ message, finish_reason: 'stop' }] }))
      })
    })
    await new Promise<void>((resolve) => upstream.listen(0, '127.0.0.1', resolve))
    t.teardown(() => upstream.close())
    const folder = t.testdir({
      'model.onnx': tinyModel({ weights }),
      'tokenizer.json': tinyTokenizer(words),
    })
    const holdfast = await startHoldfast({
      upstream: `http://127.0.0.1:${(upstream.address() as AddressInfo).port}`,
      env: {
        HOLDFAST_JUDGE_LIVE: 'onnx',
        HOLDFAST_JUDGE_ONNX_MODEL_FILE: join(folder, 'model.onnx'),
        HOLDFAST_JUDGE_ONNX_TOKENIZER_FILE: join(folder, 'tokenizer.json'),
        HOLDFAST_JUDGE_ONNX_LABELS: 'refused,complied',
        HOLDFAST_JUDGE_ONNX_INPUT: 'answer',
      },
    })
    t.teardown(() => holdfast.stop())
    const count = 40
    for (let i = 0; i < count; i++) {
      const response = await fetch(`http://127.0.0.1:${holdfast.port}/v1/chat/completions`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-session-id': String(i) },
        body: JSON.stringify({ model: 'm', messages: [{ role: 'user', content: 'How are you?' }] }),
      })
      t.equal(response.status, 200)
      await response.arrayBuffer()
    }
    await holdfast.settles('holdfast_in_flight', 0, 15_000)
    const judged = (verdict: string) => holdfast.metric('holdfast_judged_model_total', { verdict })
    t.equal(await judged('refused'), 20)
    t.equal(await judged('complied'), 10)
    t.equal(await judged('unclear'), 10, 'what has no text is judged without it')
    t.equal(await holdfast.metric('holdfast_judge_duration_seconds_count', { judge: 'onnx' }), 30)
    t.equal(await holdfast.metric('holdfast_dropped_total'), 0)
  },
)

t.test(
  'one that cannot be loaded is named, and traffic passes',
  { skip: skipWithoutOnnx },
  async (t) => {
    const folder = t.testdir({ 'model.onnx': 'no model', 'tokenizer.json': tinyTokenizer(words) })
    const upstream = createServer((request, response) => {
      request.resume().on('end', () => response.end('{}'))
    })
    await new Promise<void>((resolve) => upstream.listen(0, '127.0.0.1', resolve))
    t.teardown(() => upstream.close())
    const holdfast = await startHoldfast({
      upstream: `http://127.0.0.1:${(upstream.address() as AddressInfo).port}`,
      env: {
        HOLDFAST_JUDGE_LIVE: 'onnx',
        HOLDFAST_JUDGE_ONNX_MODEL_FILE: join(folder, 'model.onnx'),
        HOLDFAST_JUDGE_ONNX_TOKENIZER_FILE: join(folder, 'tokenizer.json'),
        HOLDFAST_JUDGE_ONNX_LABELS: 'refused,complied',
      },
    })
    t.teardown(() => holdfast.stop())
    const said = (): boolean => /judge\.onnx: modelPath.*is no usable model/.test(holdfast.output())
    for (let i = 0; i < 100 && !said(); i++)
      await new Promise((resolve) => setTimeout(resolve, 100))
    t.ok(said(), holdfast.output())
    const response = await fetch(`http://127.0.0.1:${holdfast.port}/v1/models`)
    t.equal(await response.text(), '{}')
    t.equal(await holdfast.metric('holdfast_monitor_up'), 0)
  },
)
