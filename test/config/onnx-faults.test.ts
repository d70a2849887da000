import { join } from 'node:path'
import t from 'tap'
import { loadText } from '../../src/config/load.ts'
import { onnxFaults } from '../../src/config/onnx-faults.ts'
import type { ConfigInput } from '../../src/config/schema.ts'

const inputOf = (onnx: Partial<ConfigInput['judge']['onnx']>): ConfigInput => {
  const loaded = loadText('upstream: http://h')
  if (!loaded.ok) throw new Error('the default configuration has faults')
  const { config } = loaded
  const judge = { ...config.judge, live: 'onnx' as const, onnx: { ...config.judge.onnx, ...onnx } }
  return { ...config, judge, routes: [], listen: '', admin: '' }
}
const told = (input: ConfigInput, installed: readonly string[]): string[] =>
  onnxFaults(input, (name) => installed.includes(name)).map(
    ({ key, reason }) => `${key}: ${reason}`,
  )

t.test('a classifier that could never be loaded is refused, every fault at once', (t) => {
  t.strictSame(told(inputOf({}), []), [
    'judge.onnx.model_file: is missing: judge.live is onnx',
    'judge.onnx.tokenizer_file: is missing: judge.live is onnx',
    'judge.onnx.labels: needs one class for each output of the model',
    'judge.live: is onnx, which needs onnxruntime-node or onnxruntime-web: npm install onnxruntime-web',
    'judge.live: is onnx, which needs @huggingface/tokenizers: npm install @huggingface/tokenizers',
  ])
  t.end()
})

t.test('with files and packages there is no fault', (t) => {
  const folder = t.testdir({ m: 'x', t: '{}' })
  const input = inputOf({
    modelFile: join(folder, 'm'),
    tokenizerFile: join(folder, 't'),
    labels: ['refused', 'complied'],
  })
  t.strictSame(told(input, ['onnxruntime-node', '@huggingface/tokenizers']), [])
  t.strictSame(
    told(
      inputOf({
        modelFile: folder,
        tokenizerFile: join(folder, 'gone'),
        labels: ['refused', 'complied'],
      }),
      ['onnxruntime-web', '@huggingface/tokenizers'],
    ),
    [
      'judge.onnx.model_file: names something that is no file',
      'judge.onnx.tokenizer_file: names a file that cannot be read (ENOENT)',
    ],
  )
  t.end()
})

t.test('where another judge runs, the keys are not looked at', (t) => {
  const loaded = loadText('upstream: http://h\njudge: {onnx: {model_file: /nowhere}}')
  t.ok(loaded.ok)
  t.end()
})
