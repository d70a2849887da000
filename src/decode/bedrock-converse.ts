/**
 * Amazon Bedrock Converse and ConverseStream: requests, and the decoder of the format. Shapes:
 * @aws-sdk/client-bedrock-runtime 3.1164. The model stands in the path, percent-encoded. Tool results,
 * which clients send with the role `user`, become turns of the tool.
 */
import type { Role, ToolOffer, Turn } from '../exchange/exchange.ts'
import { type Asked, decodeWith } from './assemble.ts'
import { readConverse, readConverseStream } from './bedrock-answer.ts'
import { readBlocks } from './bedrock-parts.ts'
import { itemsAt, optionalItemsAt, splitSystem, splitTurns, textOfParts } from './content-parts.ts'
import type { Decoder } from './decoder.ts'
import { offeredSchema } from './offered-schema.ts'
import { pathModel } from './path-model.ts'
import { type JsonObject, objectAt, stringAt, valueAt } from './untrusted-json.ts'

const roles: ReadonlyMap<string, Role> = new Map([
  ['user', 'user'],
  ['assistant', 'assistant'],
])

const path = /\/model\/([^/]{1,2048})\/converse(?:-stream)?\/?$/

const readRequest = (body: JsonObject, requestPath: string): Asked | undefined => {
  const messages = itemsAt(body, 'messages')
  const system = readBlocks(optionalItemsAt(body, 'system'))
  const tools = readTools(body)
  if (messages === undefined || system === undefined || tools === undefined) return undefined
  const history: Turn[] = []
  for (const message of messages) {
    const role = roles.get(stringAt(message, 'role') ?? '')
    const parts = readBlocks(valueAt(message, 'content'))
    if (role === undefined || parts === undefined) return undefined
    history.push(...splitTurns(role, parts))
  }
  const apart = system.length === 0 ? undefined : textOfParts(system, 'text', '\n')
  const format = stringAt(objectAt(objectAt(body, 'outputConfig'), 'textFormat'), 'type')
  return {
    requestedModel: pathModel(path, requestPath),
    ...splitSystem(apart, history),
    tools,
    structured: format === 'json_schema',
    stateful: false,
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

/** A cache point among the tools is none. */
const readTools = (body: JsonObject): ToolOffer[] | undefined => {
  const tools = optionalItemsAt(objectAt(body, 'toolConfig'), 'tools')
  if (tools === undefined) return undefined
  const offers: ToolOffer[] = []
  for (const tool of tools) {
    if (objectAt(tool, 'cachePoint') !== undefined) continue
    const spec = objectAt(tool, 'toolSpec')
    const name = stringAt(spec ?? objectAt(tool, 'systemTool'), 'name')
    if (name === undefined) return undefined
    const parameters = offeredSchema(valueAt(objectAt(spec, 'inputSchema'), 'json'))
    offers.push({ name, serverSide: spec === undefined, parameters })
  }
  return offers
}

export const bedrockConverse: Decoder = {
  protocol: 'bedrock_converse',
  matches: (method, requestPath) => method === 'POST' && path.test(requestPath),
  decode: (input) =>
    decodeWith(
      {
        protocol: 'bedrock_converse',
        readRequest,
        readWhole: readConverse,
        readFramed: readConverseStream,
      },
      input,
    ),
}
