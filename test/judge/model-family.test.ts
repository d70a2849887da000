import fc from 'fast-check'
import t from 'tap'
import { modelFamily } from '../../src/judge/model-family.ts'

void t.test('names of one model in its sizes, dates and packings are one family', async (t) => {
  const families: Record<string, readonly string[]> = {
    'gpt-4': [
      'gpt-4',
      'gpt-4-0613',
      'gpt-4-1106-preview',
      'gpt-4-turbo-2024-04-09',
      'openai/gpt-4',
    ],
    'gpt-4o': ['gpt-4o', 'gpt-4o-mini', 'gpt-4o-2024-08-06'],
    'gpt-4.1': ['gpt-4.1', 'gpt-4.1-nano-2025-04-14'],
    'gpt-3.5': ['gpt-3.5-turbo', 'gpt-3.5-turbo-0125'],
    'ft-gpt-3.5': ['ft:gpt-3.5-turbo:acme::8xYz'],
    o3: ['o3', 'o3-mini-2025-01-31'],
    'llama-2': ['llama-2-7b-chat', 'Llama-2-70b-chat (original system prompt)', 'llama2:13b'],
    'llama-3': ['meta-llama/Meta-Llama-3-8B-Instruct', 'llama3:8b', 'meta.llama3-8b-instruct-v1:0'],
    'llama-3.1': ['llama-3.1-8b', 'Llama-3-1-8B', 'meta-llama/Llama-3.1-405B-Instruct-FP8'],
    mistral: ['Mistral-7B-Instruct', 'Mistral-7B-Instruct + guardrail system prompt', 'mistral'],
    mixtral: ['mixtral-8x7b-instruct-v0.1'],
    'claude-3.5': ['claude-3-5-sonnet-20241022', 'us.anthropic.claude-3-5-haiku-20241022-v1:0'],
    'claude-3': ['claude-3-opus-20240229', 'claude-3-haiku@20240307'],
    'claude-sonnet-4': ['claude-sonnet-4-20250514'],
    'claude-opus-4.1': ['claude-opus-4-1-20250805'],
    'gemini-1.5': ['gemini-1.5-pro-002', 'models/gemini-1.5-flash-latest'],
    'qwen-2.5': ['qwen2.5-7b-instruct', 'Qwen/Qwen2.5-72B', 'qwen2.5:7b-instruct-q4_K_M'],
    'deepseek-r1': ['deepseek-r1', 'deepseek-ai/DeepSeek-R1-Distill-Qwen-32B'],
    'deepseek-v3': ['deepseek-v3'],
    deepseek: ['deepseek-chat'],
    'command-r-plus': ['command-r-plus', 'command-r-plus-08-2024'],
    'phi-3': ['phi3', 'phi-3-mini-128k-instruct'],
    unknown: ['', '   ', '中文', '(x)'],
  }
  let checked = 0
  for (const [family, names] of Object.entries(families)) {
    for (const name of names) {
      t.equal(modelFamily(name), family, name)
      checked++
    }
  }
  t.ok(checked >= 45, `${checked}`)
  t.equal(modelFamily(undefined), 'unknown')
})

void t.test('a fine-tune is not its base, and other versions are other families', async (t) => {
  t.not(modelFamily('ft:gpt-4o-mini:a::b'), modelFamily('gpt-4o-mini'))
  t.not(modelFamily('llama-2-7b'), modelFamily('llama-3-8b'))
  t.not(modelFamily('gpt-4'), modelFamily('gpt-4o'))
})

void t.test('any name gives a short plain word', async () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.string({ unit: 'binary' }),
        fc.stringMatching(/^[a-z0-9.:/@+_-]{0,80}$/),
      ),
      (name) => /^[a-z0-9.-]{1,64}$/.test(modelFamily(name)),
    ),
    { numRuns: 3000, seed: 7 },
  )
})

void t.test('a name without an end costs no more than its beginning', async (t) => {
  for (const unit of ['-', 'a.', 'a-', '(', '/', '7b-', ' ']) {
    const started = performance.now()
    modelFamily(unit.repeat(1_000_000))
    t.ok(performance.now() - started < 200, JSON.stringify(unit))
  }
})
