/**
 * Gemini generateContent and streamGenerateContent, of the Gemini API and of Vertex AI: requests, and
 * the decoder of the format. Shapes: @google/genai 2.32. The model stands in the path. Both spellings
 * of a field are read, for the API takes `systemInstruction` and `system_instruction` alike.
 */
import type { Part, Role, ToolOffer, Turn } from '../exchange/exchange.ts'
import { type Asked, decodeWith } from './assemble.ts'
import { itemsAt, splitSystem, splitTurns, textOfParts } from './content-parts.ts'
import type { Decoder } from './decoder.ts'
import { createGeminiStreamReader, readGeminiArray, readGeminiWhole } from './gemini-answer.ts'
import { fieldAt, itemsOrNone, readGeminiParts } from './gemini-parts.ts'
import { offeredSchema } from './offered-schema.ts'
import { pathModel } from './path-model.ts'
import { isJsonObject, type JsonObject, stringAt, valueAt } from './untrusted-json.ts'

const roles: ReadonlyMap<string, Role> = new Map([
  ['user', 'user'],
  ['model', 'assistant'],
  ['function', 'tool'],
  ['system', 'system'],
])

/** Fields of a tool that are no tool themselves. */
const declarations = 'functionDeclarations'

const path = /\/([^/:]{1,512})(?::|%3a)(?:generateContent|streamGenerateContent)\/?$/i

const readRequest = (body: JsonObject, requestPath: string): Asked | undefined => {
  const contents = itemsAt(body, 'contents')
  const tools = readTools(body)
  const system = readSystem(fieldAt(body, 'systemInstruction'))
  if (contents === undefined || tools === undefined || system === undefined) return undefined
  const history: Turn[] = []
  for (const content of contents) {
    // One turn may come without a role: it is the user's.
    const sent = valueAt(content, 'role')
    const role = sent === undefined ? 'user' : roles.get(stringAt(content, 'role') ?? '')
    const parts = readGeminiParts(content)
    if (role === undefined || parts === undefined) return undefined
    history.push(...splitTurns(role, parts))
  }
  const apart = system.length === 0 ? undefined : textOfParts(system, 'text', '\n')
  return {
    requestedModel: pathModel(path, requestPath),
    ...splitSystem(apart, history),
    tools,
    structured: isStructured(fieldAt(body, 'generationConfig')),
    // A cached content holds turns and instructions that the request does not show.
    stateful: (fieldAt(body, 'cachedContent') ?? undefined) !== undefined,
    identity: {
      conversationId: undefined,
      previousResponseId: undefined,
      metadataUserId: undefined,
      safetyIdentifier: undefined,
      promptCacheKey: undefined,
      user: undefined,
    },
  }
}

const readSystem = (sent: unknown): Part[] | undefined => {
  if (sent === undefined || sent === null) return []
  if (typeof sent === 'string') return [{ kind: 'text', text: sent }]
  return isJsonObject(sent) ? readGeminiParts(sent) : undefined
}

const isStructured = (config: unknown): boolean =>
  fieldAt(config, 'responseMimeType') === 'application/json' ||
  [fieldAt(config, 'responseSchema'), fieldAt(config, 'responseJsonSchema')].some(isJsonObject)

/** Every field of a tool other than its declarations is a tool that the serving side runs. */
const readTools = (body: JsonObject): ToolOffer[] | undefined => {
  const tools = itemsOrNone(fieldAt(body, 'tools'))
  if (tools === undefined) return undefined
  const offers: ToolOffer[] = []
  for (const tool of tools) {
    const declared = itemsOrNone(fieldAt(tool, declarations))
    if (!isJsonObject(tool) || declared === undefined) return undefined
    for (const declaration of declared) {
      const name = stringAt(declaration, 'name')
      if (name === undefined) return undefined
      // `parameters` is no JSON schema but a dialect of OpenAPI's, with types in capitals.
      const parameters = offeredSchema(fieldAt(declaration, 'parametersJsonSchema'))
      offers.push({ name, serverSide: false, parameters })
    }
    for (const name of Object.keys(tool)) {
      if (name === declarations || name === 'function_declarations') continue
      offers.push({ name: name.slice(0, 64), serverSide: true, parameters: undefined })
    }
  }
  return offers
}

export const gemini: Decoder = {
  protocol: 'gemini',
  matches: (method, requestPath) => method === 'POST' && path.test(requestPath),
  decode: (input) =>
    decodeWith(
      {
        protocol: 'gemini',
        readRequest,
        readWhole: readGeminiWhole,
        createStreamReader: createGeminiStreamReader,
        readFramed: readGeminiArray,
      },
      input,
    ),
}
