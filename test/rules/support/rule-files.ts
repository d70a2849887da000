/** The files of rules/ as data, and how promtool is asked about them. */
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { parse } from 'yaml'

export interface RecordingRule {
  record: string
  expr: string | number
  labels?: Readonly<Record<string, string>>
}

export interface AlertRule {
  alert: string
  expr: string
  for?: string
  labels: Readonly<Record<string, string>>
  annotations: Readonly<Record<string, string>>
}

interface RuleFile<Rule> {
  groups: { name: string; rules: Rule[] }[]
}

export interface RuleTestFile {
  tests: {
    name: string
    alert_rule_test?: { alertname: string; exp_alerts: unknown[] }[]
    promql_expr_test?: { expr: string }[]
  }[]
}

// The shapes are promtool's to check; what is read here has passed it.
const read = (path: string): unknown => parse(readFileSync(path, 'utf8'))

export const recordingFile = 'rules/holdfast.rules.yaml'
export const alertFile = 'rules/holdfast.alerts.yaml'

export const recordingRules: readonly RecordingRule[] = (
  read(recordingFile) as RuleFile<RecordingRule>
).groups.flatMap(({ rules }) => rules)

export const alertRules: readonly AlertRule[] = (
  read(alertFile) as RuleFile<AlertRule>
).groups.flatMap(({ rules }) => rules)

export const ruleTestFiles: readonly string[] = readdirSync('rules/tests')
  .sort()
  .map((name) => `rules/tests/${name}`)

export const readRuleTests = (path: string): RuleTestFile => read(path) as RuleTestFile

/** Recorded names and the labels that their rules add. */
export const recordedNames: ReadonlySet<string> = new Set(recordingRules.map((rule) => rule.record))

const present = spawnSync('promtool', ['--version'], { stdio: 'ignore' }).status === 0

/** Why tests that need promtool are left out; false in CI, where they then fail. */
export const promtoolSkip =
  present || process.env['CI'] === 'true'
    ? false
    : 'promtool is not installed: it comes with the package "prometheus" of Debian and Ubuntu'

export function promtool(...args: string[]): { status: number | null; said: string } {
  const { status, stdout, stderr } = spawnSync('promtool', args, { encoding: 'utf8' })
  return { status, said: `${stdout}${stderr}` }
}
