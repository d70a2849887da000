/** A real Prometheus in front of a running holdfast, with the rules that are shipped. */
import { spawn, spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Test } from 'tap'
import { arrayAt, stringAt, valueAt } from '../../../src/decode/untrusted-json.ts'
import { freePort } from './free-port.ts'

const installed = spawnSync('prometheus', ['--version'], { stdio: 'ignore' }).status === 0

/** Why tests that need it are left out; false in CI, where they then fail. */
export const prometheusSkip =
  installed || process.env['CI'] === 'true'
    ? false
    : 'prometheus is not installed: it is the package "prometheus" of Debian and Ubuntu'

export interface Prometheus {
  /** The `data` of an answer; throws with the whole answer when it is an error. */
  api(path: string, parameters?: Readonly<Record<string, string>>): Promise<unknown>
  /** The values that an expression has now; a scalar is one value. */
  values(expression: string): Promise<number[]>
}

/** The groups have intervals of their own, of minutes; a test cannot wait for them. */
const everySecond = (rules: string): string =>
  rules.replace(/^( +)interval: \S+$/gm, '$1interval: 1s')

const alerting = (port: number): string =>
  `alerting: { alertmanagers: [{ static_configs: [{ targets: ['127.0.0.1:${port}'] }] }] }\n`

export async function startPrometheus(
  t: Test,
  target: number,
  ruleFiles: readonly string[],
  alertmanagerPort?: number,
): Promise<Prometheus> {
  const folder = t.testdir({})
  const copies = ruleFiles.map((path, at) => {
    const copy = join(folder, `rules-${at}.yaml`)
    writeFileSync(copy, everySecond(readFileSync(path, 'utf8')))
    return copy
  })
  writeFileSync(
    join(folder, 'prometheus.yml'),
    `global: { scrape_interval: 1s, scrape_timeout: 1s, evaluation_interval: 1s }
rule_files: ${JSON.stringify(copies)}
scrape_configs: [{ job_name: holdfast, static_configs: [{ targets: ['127.0.0.1:${target}'] }] }]
${alertmanagerPort === undefined ? '' : alerting(alertmanagerPort)}`,
  )
  const port = await freePort()
  const child = spawn(
    'prometheus',
    [
      `--config.file=${join(folder, 'prometheus.yml')}`,
      `--storage.tsdb.path=${join(folder, 'tsdb')}`,
      `--web.listen-address=127.0.0.1:${port}`,
    ],
    { stdio: 'ignore' },
  )
  const ended = new Promise((resolve) => child.once('close', resolve))
  t.teardown(async () => {
    child.kill('SIGKILL')
    await ended
  })
  const api: Prometheus['api'] = async (path, parameters = {}) => {
    const query = new URLSearchParams(parameters).toString()
    const response = await fetch(`http://127.0.0.1:${port}/api/v1/${path}?${query}`)
    const answer: unknown = await response.json()
    if (stringAt(answer, 'status') !== 'success') throw new Error(JSON.stringify(answer))
    return valueAt(answer, 'data')
  }
  return {
    api,
    async values(expression) {
      const data = await api('query', { query: expression })
      const result = arrayAt(data, 'result') ?? []
      if (stringAt(data, 'resultType') === 'scalar') return [Number(result[1])]
      return result.map((row) => Number(arrayAt(row, 'value')?.[1]))
    },
  }
}
