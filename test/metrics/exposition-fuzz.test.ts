/** Labels and values of any kind: what is printed is read as what was set, and promtool takes it. */
import { spawnSync } from 'node:child_process'
import * as fc from 'fast-check'
import { Counter } from 'prom-client'
import t from 'tap'
import { createExposition } from '../../src/metrics/exposition.ts'
import { createModelLabels } from '../../src/metrics/model-labels.ts'
import { fuzz } from '../fuzz-runs.ts'

const label = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc
    .array(
      fc.constantFrom(
        '\\',
        '"',
        '\n',
        '\r',
        '{',
        '}',
        ',',
        '=',
        '#',
        ' ',
        'n',
        'é',
        '\u2028',
        '\0',
      ),
      { maxLength: 8 },
    )
    .map((parts) => parts.join('')),
)

/** The label sets of the text's samples, by the grammar of OpenMetrics and nothing else. */
function readLabels(text: string): Record<string, string>[] {
  return text
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const labels: Record<string, string> = {}
      let rest = line.slice(line.indexOf('{') + 1)
      while (!rest.startsWith('}')) {
        const found = /^(\w+)="((?:\\[\\n"]|[^\\"\n])*)",?/s.exec(rest)
        if (found === null) throw new Error(`no label: ${JSON.stringify(rest)}`)
        const [all, name = '', value = ''] = found
        labels[name] = value.replace(/\\([\\n"])/g, (_, c: string) => (c === 'n' ? '\n' : c))
        rest = rest.slice(all.length)
      }
      if (!/^} (?:[-+0-9.e]+|\+Inf|NaN)$/.test(rest)) throw new Error(`no value: ${rest}`)
      return labels
    })
}

const printed = async (sets: readonly { x: string; y: string }[]): Promise<string> => {
  const metric = new Counter({ name: 'a_total', help: 'A.', labelNames: ['x', 'y'], registers: [] })
  for (const [i, labels] of sets.entries()) metric.inc(labels, i / 3)
  const text = createExposition([{ type: 'counter', metric }])
  return text(
    () => {},
    () => 0,
  )
}

t.test('any label is read as it was set, one line for each', async (t) => {
  const sets = fc.uniqueArray(fc.record({ x: label, y: label }), {
    minLength: 1,
    maxLength: 4,
    selector: ({ x, y }) => JSON.stringify([x, y]),
  })
  const texts: string[] = []
  await fc.assert(
    fc.asyncProperty(sets, async (given) => {
      const text = await printed(given)
      if (texts.length < 50) texts.push(JSON.stringify(given))
      const found = readLabels(text).map(({ x, y }) => JSON.stringify([x, y]))
      const wanted = given.map(({ x, y }) => JSON.stringify([x, y]))
      if (found.join() !== wanted.join()) throw new Error(`${found.join()} of ${wanted.join()}`)
    }),
    fuzz('label_values', 20261128),
  )
  t.equal(texts.length, 50)
})

const promtool = spawnSync('promtool', ['--version']).status === 0

t.test(
  'what comes out of a name that anybody may send is a label that promtool takes',
  {
    skip:
      promtool || process.env['CI'] === 'true'
        ? false
        : 'promtool is not installed: apt-get install prometheus',
  },
  async (t) => {
    const names = fc.sample(label, { numRuns: 500, seed: 20261128 })
    const labelOf = createModelLabels({ models: [], modelsAutoMax: 100 })
    const kept = [...new Set([...names, 'm"1', 'a\\b', 'é', 'a b'].map(labelOf))]
    t.ok(kept.length > 5 && kept.length <= 102, `${kept.length} labels`)
    const text = await printed(kept.map((x) => ({ x, y: '' })))
    const plain = text
      .replace('# EOF\n', '')
      .replaceAll('# HELP a ', '# HELP a_total ')
      .replaceAll('# TYPE a ', '# TYPE a_total ')
    const checked = spawnSync('promtool', ['check', 'metrics'], { input: plain, encoding: 'utf8' })
    t.equal(checked.status, 0, checked.stderr)
  },
)
