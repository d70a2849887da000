/**
 * Every file of the chart that has its source elsewhere: values and their schema from
 * chart-values.ts, rules and dashboards from rules/ and dashboards/, byte for byte.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { valuesPage, valuesSchema, valuesYaml } from './values-text.ts'

export const chartFolder = 'helm/holdfast'

const copied = [
  { from: 'rules', ending: '.yaml' },
  { from: 'dashboards', ending: '.json' },
]

/** Paths from the top of the project, and their text. */
export function generatedChart(): ReadonlyMap<string, string> {
  const copies = copied.flatMap(({ from, ending }) =>
    readdirSync(from)
      .filter((name) => name.endsWith(ending) && name !== 'tsconfig.json')
      .sort()
      .map((name): [string, string] => [
        `${chartFolder}/files/${from}/${name}`,
        readFileSync(`${from}/${name}`, 'utf8'),
      ]),
  )
  return new Map([
    [`${chartFolder}/values.yaml`, valuesYaml()],
    [`${chartFolder}/values.schema.json`, `${JSON.stringify(valuesSchema(), null, 2)}\n`],
    ['docs/chart-values.md', valuesPage()],
    ...copies,
  ])
}
