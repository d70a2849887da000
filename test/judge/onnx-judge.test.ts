import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { systemClock } from '../../src/clock.ts'
import type { VerdictClass } from '../../src/exchange/verdict.ts'
import {
  loadOnnxJudge,
  type OnnxJudge,
  type OnnxJudgeOptions,
  onnxJudgeDefaults,
} from '../../src/judge/onnx-judge.ts'
import { skipWithoutOnnx } from './onnx/installed.ts'
import { tinyModel, tinyTokenizer } from './onnx/tiny-model.ts'

const absent = (name: string): Promise<never> =>
  Promise.reject(new Error(`Cannot find package '${name}' imported from /app/x.js`))

const words = ['cannot', 'sorry', 'sure', 'here']
/** Unknown words say nothing; the first two speak for refused, the others for complied. */
const weights = [
  [0, 0],
  [4, 0],
  [4, 0],
  [0, 4],
  [0, 4],
]

interface Files {
  model?: Buffer
  tokenizer?: string
}

function optionsIn(t: Test, files: Files = {}, changes: Partial<OnnxJudgeOptions> = {}) {
  const dir = t.testdir()
  const modelPath = join(dir, 'model.onnx')
  const tokenizerPath = join(dir, 'tokenizer.json')
  writeFileSync(modelPath, files.model ?? tinyModel({ weights }))
  writeFileSync(tokenizerPath, files.tokenizer ?? tinyTokenizer(words))
  const labels: VerdictClass[] = ['refused', 'complied']
  return { ...onnxJudgeDefaults, modelPath, tokenizerPath, labels, ...changes }
}

async function loaded(
  t: Test,
  files?: Files,
  changes?: Partial<OnnxJudgeOptions>,
): Promise<OnnxJudge> {
  const load = await loadOnnxJudge(optionsIn(t, files, changes), { clock: systemClock })
  if (!load.ok) throw new Error(load.reason)
  t.teardown(() => load.judge.close())
  return load.judge
}

t.test('without the packages loading says what to install', async (t) => {
  t.same(await loadOnnxJudge(optionsIn(t), { clock: systemClock, load: absent }), {
    ok: false,
    code: 'missing_package',
    key: 'package',
    reason:
      'needs onnxruntime-node or onnxruntime-web, which are not installed: npm install onnxruntime-web',
  })
  const runtimeOnly = (name: string): Promise<unknown> =>
    name === 'onnxruntime-web' ? Promise.resolve({ Tensor: Object, env: {} }) : absent(name)
  t.match(await loadOnnxJudge(optionsIn(t), { clock: systemClock, load: runtimeOnly }), {
    code: 'missing_package',
    reason:
      'needs @huggingface/tokenizers, which is not installed: npm install @huggingface/tokenizers',
  })
})

t.test('a package that is broken is a fault, not absent', async (t) => {
  for (const message of ['broken package', "Cannot find package 'onnxruntime-common'"]) {
    const load = (): Promise<never> => Promise.reject(new Error(message))
    await t.rejects(loadOnnxJudge(optionsIn(t), { clock: systemClock, load }), { message })
  }
})

t.test(
  'a classifier judges by its words, with its own confidence',
  { skip: skipWithoutOnnx },
  async (t) => {
    const judge = await loaded(t)
    const refusal = await judge.judge({ prompt: '', answer: 'Sorry cannot' })
    t.match(refusal, { kind: 'verdict', verdict: { verdict: 'refused', judge: 'onnx' } })
    const confidence = refusal.kind === 'verdict' ? refusal.verdict.confidence : 0
    t.ok(Math.abs(confidence - 1 / (1 + Math.exp(-4))) < 1e-6, `${confidence}`)
    t.match(await judge.judge({ prompt: '', answer: 'Sure here' }), {
      verdict: { verdict: 'complied', version: judge.version },
    })
  },
)

t.test(
  'the prompt is read where the model was trained on pairs',
  { skip: skipWithoutOnnx },
  async (t) => {
    const item = { prompt: 'sorry sorry cannot', answer: 'sure' }
    t.match(await (await loaded(t)).judge(item), { verdict: { verdict: 'refused' } })
    const answerOnly = await loaded(t, {}, { input: 'answer' })
    t.match(await answerOnly.judge(item), { verdict: { verdict: 'complied' } })
  },
)

t.test('a long answer is cut to the tokens of the model', { skip: skipWithoutOnnx }, async (t) => {
  const judge = await loaded(t, {}, { tokensMax: 4 })
  const answer = `cannot cannot cannot ${'sure '.repeat(500)}`
  t.match(await judge.judge({ prompt: '', answer }), { verdict: { verdict: 'refused' } })
})

t.test(
  'an empty answer and an output that is no number are errors',
  { skip: skipWithoutOnnx },
  async (t) => {
    const judge = await loaded(t)
    t.same(await judge.judge({ prompt: 'p', answer: ' \n' }), {
      kind: 'error',
      reason: 'nothing_to_judge',
    })
    const odd = [...weights.slice(0, 4), [Number.NaN, 0]]
    const broken = await loaded(t, { model: tinyModel({ weights: odd }) })
    t.same(await broken.judge({ prompt: '', answer: 'here' }), {
      kind: 'error',
      reason: 'no_number',
    })
  },
)

t.test(
  'more than may wait are turned away, the newest first',
  { skip: skipWithoutOnnx },
  async (t) => {
    const judge = await loaded(t, {}, { queueMax: 2 })
    const item = { prompt: '', answer: 'sure' }
    const results = await Promise.all([1, 2, 3, 4, 5].map(() => judge.judge(item)))
    t.same(
      results.map((result) => (result.kind === 'error' ? result.reason : result.kind)),
      ['verdict', 'verdict', 'verdict', 'queue_full', 'queue_full'],
    )
  },
)

t.test(
  'another model, tokenizer or label is another version',
  { skip: skipWithoutOnnx },
  async (t) => {
    const more = [...words, 'more']
    const judges = [
      await loaded(t),
      await loaded(t, {
        model: tinyModel({ weights: weights.map(([a = 0, b = 0]) => [a, b + 1]) }),
      }),
      await loaded(t, {
        tokenizer: tinyTokenizer(more),
        model: tinyModel({ weights: [...weights, [0, 0]] }),
      }),
      await loaded(t, {}, { labels: ['complied', 'refused'] }),
    ]
    t.equal(new Set(judges.map(({ version }) => version)).size, 4)
  },
)

t.test(
  'what cannot work is said while loading, with the key to change',
  { skip: skipWithoutOnnx },
  async (t) => {
    const cases: [string, Files, Partial<OnnxJudgeOptions>, RegExp][] = [
      ['file modelPath', {}, { modelPath: '/nonexistent.onnx' }, /ENOENT/],
      ['file tokenizerPath', {}, { tokenizerPath: '/nonexistent.json' }, /ENOENT/],
      ['file tokenizerConfigPath', {}, { tokenizerConfigPath: '/nonexistent.json' }, /ENOENT/],
      ['model modelPath', { model: Buffer.from('no model') }, {}, /no usable model/],
      ['model modelPath', { model: tinyModel({ weights, inputs: ['pixels'] }) }, {}, /pixels/],
      ['tokenizer tokenizerPath', { tokenizer: 'no json' }, {}, /no usable tokenizer/],
      [
        'tokenizer tokenizerPath',
        { tokenizer: '{"model":{"type":"x"}}' },
        {},
        /no usable tokenizer/,
      ],
      ['model labels', {}, { labels: ['refused'] }, /2 outputs, 1 labels/],
    ]
    for (const [where, files, changes, reason] of cases) {
      const load = await loadOnnxJudge(optionsIn(t, files, changes), { clock: systemClock })
      if (load.ok) return t.fail(where)
      t.equal(`${load.code} ${load.key}`, where)
      t.match(load.reason, reason)
    }
  },
)
