/** The keys of the configuration in words: for `--help`, docs/configuration.md and the JSON Schema file. */
import {
  configFileEnv,
  configFileFlag,
  describeNode,
  type Key,
  keys,
  rootNode,
  type SchemaNode,
  snakeCase,
} from './keys.ts'
import { reloadWord } from './reload.ts'

const shown = (value: unknown): string => {
  if (value === undefined) return 'none'
  if (Array.isArray(value)) return value.length === 0 ? 'empty' : value.join(',')
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** `--flag VALUE` lines, one or two for each key. */
export function optionsText(): string {
  const lines = [
    `  --${configFileFlag} FILE`,
    '      YAML file with these keys (docs/configuration.md).',
  ]
  for (const key of keys) {
    if (!key.onOneLine) continue
    lines.push(`  --${key.flag} ${placeholder(key.node)}`)
    lines.push(`      ${key.node.description ?? ''} Default: ${shown(key.node.default)}.`)
  }
  return lines.join('\n')
}

function placeholder(node: SchemaNode): string {
  if (node.enum !== undefined) return node.enum.join('|')
  switch (node.type ?? 'string') {
    case 'boolean':
      return 'true|false'
    case 'integer':
    case 'number':
      return 'N'
    case 'array':
      return 'A,B,...'
    default:
      return 'TEXT'
  }
}

/** docs/configuration.md, whole. */
export function configurationDoc(): string {
  const rows = keys.flatMap((key) => [rowOf(key), ...itemRows(key)])
  return `# Configuration

Made from src/config/schema.ts by \`node dist/cli.js docs\`; a test compares them.

Each key can stand in a YAML file (\`--${configFileFlag} FILE\` or \`${configFileEnv}\`), in an environment variable, or
on the command line. Flags go before the environment, the environment before the file, the file before the
defaults. Unknown keys, variables that begin with \`HOLDFAST_\` and flags are refused; every fault is listed at
once. An empty variable counts as not set. Lists are separated by commas outside of the file. The variables
that Kubernetes adds for a Service whose name begins with \`holdfast\` are passed over.

\`holdfast check\` prints the configuration in force, or all of its faults. For completion in an editor, begin
the file with \`# yaml-language-server: $schema=config.schema.json\` (docs/config.schema.json).

\`\`\`yaml
listen: 0.0.0.0:8787
admin: 0.0.0.0:9464
routes:
  - prefix: /openai
    upstream: https://api.openai.com
  - prefix: /anthropic
    upstream: https://api.anthropic.com
languages:
  served: [en, de, fr]
\`\`\`

| key | value | default | changed by | meaning |
|---|---|---|---|---|
${rows.join('\n')}

The variable of a key is \`HOLDFAST_\` and the key in capitals with \`_\` for \`.\`; the flag is \`--\` and the key with
\`-\` for \`.\` and \`_\`: \`proxy.connect_timeout_ms\` is \`HOLDFAST_PROXY_CONNECT_TIMEOUT_MS\` and
\`--proxy-connect-timeout-ms\`.

## Changing it while holdfast runs

\`holdfast serve\` reads its configuration again on SIGHUP, and when the file changes (\`reload.watch_ms\`): a file
that is replaced, or whose symlink is moved as Kubernetes does with a ConfigMap, is seen too. What the file says is
checked as a whole, like at the start. A fault changes nothing: the last good configuration stays, the log names
every fault, \`holdfast_config_last_reload_successful\` is 0 and HoldfastConfigReloadFailed
([runbook](runbook.md#holdfastconfigreloadfailed)) follows. Requests under way end as they began.

What changes a key stands in the column *changed by*:

* **at once**: for the next request, line or conversation.
* **new monitor thread**: the thread writes what it holds and is replaced. Traffic passes; what comes meanwhile
  waits in the window of \`monitor.window_items\`. Conversations of before are new ones to it.
* **restart**: the old value stays, the log names the key, the outcome is \`partly_applied\`. What a detector's
  null, its samples or the labels of a metric are made of is never changed while it runs.

Files that keys name (keys, certificates, calibrations, suites) are read when something they belong to is built: at
the start, or by a new monitor thread for those of \`judge.graded\`.
`
}

const cell = (text: string): string => text.replaceAll('|', '\\|')

const rowOf = (key: Key): string => row(key.name, key.node, reloadWord(key.name))

const row = (name: string, node: SchemaNode, way: string): string =>
  `| \`${name}\` | ${cell(describeNode(node))} | ${cell(shown(node.default))} | ${way} | ${cell(node.description ?? '')} |`

const itemRows = (key: Key): string[] =>
  Object.entries(key.node.items?.properties ?? {}).map(([word, node]) =>
    row(`${key.name}[].${snakeCase(word)}`, node, reloadWord(key.name)),
  )

type Json = string | number | boolean | Json[] | { [key: string]: Json }

/** docs/config.schema.json: the file's own words; every key with a default may be left out. */
export function jsonSchema(): Json {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'holdfast configuration',
    ...inFileWords(rootNode),
  }
}

function inFileWords(node: SchemaNode): { [key: string]: Json } {
  const { properties, required, items, ...rest } = node
  const out: { [key: string]: Json } = JSON.parse(JSON.stringify(rest))
  if (items !== undefined) out['items'] = inFileWords(items)
  if (properties === undefined) return out
  out['properties'] = Object.fromEntries(
    Object.entries(properties).map(([word, child]) => [snakeCase(word), inFileWords(child)]),
  )
  const needed = (required ?? []).filter((word) => {
    const child = properties[word]
    return child !== undefined && child.type !== 'object' && child.default === undefined
  })
  if (needed.length > 0) out['required'] = needed.map(snakeCase)
  return out
}
