import { join } from 'node:path'
import t from 'tap'
import { gradedWarnings, readGradedKey } from '../../src/config/graded-faults.ts'
import { loadText } from '../../src/config/load.ts'

const load = (graded: string, rest = '') =>
  loadText(`upstream: http://h\njudge: {graded: ${graded}}\n${rest}`)
const told = (graded: string, rest = ''): string[] => {
  const result = load(graded, rest)
  return result.ok ? [] : result.faults.map((fault) => `${fault.key}: ${fault.reason}`)
}

t.test('without an address there is no judge, whatever else is set', (t) => {
  const result = loadText('upstream: http://h')
  t.equal(result.ok && result.config.judge.graded.url, undefined)
  t.match(result.ok && result.config.judge.graded, {
    protocol: 'openai_chat',
    sliceRate: 0.05,
    callsPerHour: 200,
    queueItemsMax: 256,
  })
  t.strictSame(told('{dollars_per_day: 5}'), [])
  t.end()
})

t.test('keys three words deep come from the file, flags and the environment alike', (t) => {
  const result = load('{url: "https://j/v1", model: m, calls_per_hour: 50, key_env: PATH}')
  t.match(result, {
    ok: true,
    config: { judge: { graded: { url: 'https://j/v1', model: 'm', callsPerHour: 50 } } },
  })
  t.strictSame(told('{calls_an_hour: 5}').length, 1)
  t.end()
})

t.test('a judge that can only fail is refused', (t) => {
  t.strictSame(told('{url: "https://j"}'), [
    'judge.graded.model: is missing: name the model that judges',
  ])
  t.strictSame(told('{url: "https://j", model: m, calls_per_day: 100}'), [
    'judge.graded.calls_per_hour: is more than calls_per_day',
  ])
  t.strictSame(told('{url: "https://j", model: m}', 'capture: {enabled: false}'), [
    'judge.graded.url: is set, but capture.enabled is false: there is nothing to judge',
  ])
  t.strictSame(told('{url: "http://localhost:8787/v1", model: m}'), [
    'judge.graded.url: is the listen address of this process: every request would go round in a circle',
  ])
  t.strictSame(told('{url: "https://j", model: m, key_env: HF_NO_SUCH_KEY}'), [
    'judge.graded.key_env: names a variable that is not set',
  ])
  t.strictSame(told('{url: "https://j", model: m, key_file: /nowhere/key}'), [
    'judge.graded.key_file: cannot be read (ENOENT)',
  ])
  t.strictSame(told('{url: "https://j", model: m, key_env: PATH, key_file: /nowhere/key}'), [
    'judge.graded.key_file: is given twice, by file and by environment variable',
  ])
  t.end()
})

t.test('a limit in money needs prices, and room for one call', (t) => {
  const money = (more: string) => told(`{url: "https://j", model: m, dollars_per_day: 0.01${more}}`)
  t.strictSame(money(''), [
    'judge.graded.dollars_per_day: needs price_input_per_million and price_output_per_million',
  ])
  t.strictSame(money(', price_input_per_million: 1'), [
    'judge.graded.price_output_per_million: is missing: give both prices or none',
  ])
  t.strictSame(money(', price_input_per_million: 1, price_output_per_million: 1'), [
    'judge.graded.dollars_per_day: is less than the 0.032896 that one call and its repetition may cost',
  ])
  t.strictSame(money(', price_input_per_million: 0.1, price_output_per_million: 0.4'), [])
  t.end()
})

t.test('plain http to another machine is a warning', (t) => {
  const warnings = (url: string) => {
    const result = load(`{url: "${url}", model: m, key_env: PATH}`)
    return result.ok ? result.warnings.map((warning) => warning.reason) : ['refused']
  }
  const why = 'is http: the key, prompts and answers cross the network in the clear'
  t.strictSame(warnings('http://judge:8000/v1'), [why])
  for (const url of ['https://judge/v1', 'http://127.0.0.1:8000', 'http://[::1]:8000']) {
    t.strictSame(warnings(url), [])
  }
  const config = load('{model: m}')
  t.strictSame(config.ok && gradedWarnings(config.config.judge.graded), [])
  t.end()
})

t.test('the key is read from its file and stands in no configuration', (t) => {
  const dir = t.testdir({ key: 'sk-abc\n' })
  const keyFile = join(dir, 'key')
  const key = readGradedKey({ keyFile })
  t.equal(key.ok && key.value?.reveal(), 'sk-abc')
  const result = load(`{url: "https://j", model: m, key_file: ${JSON.stringify(keyFile)}}`)
  t.ok(result.ok)
  t.notMatch(JSON.stringify(result), /sk-abc/)
  t.end()
})
