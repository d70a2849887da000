/**
 * The APIs of a stress test, as targets or as judges: each `URL,model=NAME,...` on the command line, or
 * an entry of a YAML file. Every fault at once, keys never in a message.
 */
import { existsSync } from 'node:fs'
import { type ProbeProtocol, probeProtocols } from '../exchange/protocol.ts'
import { Fields } from '../probe/fields.ts'
import type { SuiteFault } from '../probe/suite-fault.ts'
import { suiteFaultText } from '../probe/suite-fault.ts'
import { parseYamlText, readYamlFile } from '../probe/yaml-file.ts'
import type { Prices } from '../spend/limits.ts'
import { readCredential } from '../upstream/credential.ts'
import type { Secret } from '../upstream/secret.ts'

export interface StressEndpoint {
  name: string
  url: URL
  model: string
  protocol: ProbeProtocol
  key: Secret | undefined
  prices: Prices | undefined
}

export type ReadEndpoints =
  | { ok: true; endpoints: readonly StressEndpoint[] }
  | { ok: false; lines: readonly string[] }

const priceMax = 1_000_000

/** @param given each a file or an endpoint; @param flag for messages */
export function readEndpoints(
  given: readonly string[],
  flag: string,
  protocols: readonly ProbeProtocol[],
  env: NodeJS.ProcessEnv,
): ReadEndpoints {
  const faults: SuiteFault[] = []
  const endpoints = given.flatMap((text) =>
    fieldsOf(text, flag, faults).flatMap((fields) => endpointOf(fields, protocols, env) ?? []),
  )
  const names = endpoints.map(({ name }) => name)
  const lines = faults.map((fault) => suiteFaultText(fault))
  const twice = names.find((name, i) => names.indexOf(name) !== i)
  if (twice !== undefined) lines.push(`--${flag}: two are named ${twice}; give them names`)
  return lines.length > 0 ? { ok: false, lines } : { ok: true, endpoints }
}

/** A file's entries, or the one that a text of the command line is. */
function fieldsOf(text: string, flag: string, faults: SuiteFault[]): Fields[] {
  if (!/^https?:/i.test(text) || existsSync(text)) {
    const node = readYamlFile(text, `--${flag} ${text}`, faults)
    const file = node === undefined ? undefined : Fields.of(node, '', text, faults)
    const entries = file?.subs('endpoints') ?? []
    if (file !== undefined && entries.length === 0) file.fault('endpoints is empty')
    file?.end()
    return entries
  }
  const [url = '', ...parts] = text.split(',')
  const rows = parts.map((part) => {
    const at = part.indexOf('=')
    const key = at < 0 ? part : part.slice(0, at)
    const value = at < 0 ? '' : part.slice(at + 1)
    return `${key.replaceAll('-', '_')}: ${/^[\d.]+$/.test(value) && key.includes('usd') ? value : JSON.stringify(value)}`
  })
  const node = parseYamlText(
    [`url: ${JSON.stringify(url)}`, ...rows].join('\n'),
    `--${flag}`,
    faults,
  )
  const fields = node === undefined ? undefined : Fields.of(node, '', `--${flag} ${url}`, faults)
  return fields === undefined ? [] : [fields]
}

function endpointOf(
  fields: Fields,
  protocols: readonly ProbeProtocol[],
  env: NodeJS.ProcessEnv,
): StressEndpoint | undefined {
  const address = fields.string('url')
  const model = fields.string('model')
  const name = fields.optionalString('name') ?? model
  const protocol = fields.optionalOneOf('protocol', protocols)
  const variable = fields.optionalString('key_env')
  const file = fields.optionalString('key_file')
  const input = fields.optionalNumber('input_usd', 0, priceMax)
  const output = fields.optionalNumber('output_usd', 0, priceMax)
  fields.end()
  const key = readCredential(
    { ...(file === undefined ? {} : { file }), ...(variable === undefined ? {} : { variable }) },
    env,
  )
  if (!key.ok) return fields.fault(`the key ${key.reason}`)
  if ((input === undefined) !== (output === undefined)) {
    return fields.fault('input_usd and output_usd go together')
  }
  if (address === undefined || model === undefined || name === undefined) return undefined
  const url = urlOf(address)
  if (url === undefined) return fields.fault('url must be http or https, without credentials')
  return {
    name,
    url,
    model,
    protocol: protocol ?? 'openai_chat',
    key: key.value,
    prices:
      input === undefined || output === undefined
        ? undefined
        : { usdPerMillionInputTokens: input, usdPerMillionOutputTokens: output },
  }
}

function urlOf(text: string): URL | undefined {
  if (!URL.canParse(text)) return undefined
  const url = new URL(text)
  const web = url.protocol === 'http:' || url.protocol === 'https:'
  return web && url.username === '' && url.password === '' ? url : undefined
}

export const targetProtocols: readonly ProbeProtocol[] = probeProtocols
