/** The APIs the simulated model speaks. */
import { anthropicMessages } from './anthropic-messages.ts'
import type { ApiShape } from './api-shape.ts'
import { openaiChat } from './openai-chat.ts'
import { openaiResponses } from './openai-responses.ts'

export const apiShapes: readonly ApiShape[] = [openaiChat, openaiResponses, anthropicMessages]

/** By path, with or without the leading /v1. */
export const apiShapeFor = (path: string): ApiShape | undefined =>
  apiShapes.find((shape) => path === shape.path || path === `/v1${shape.path}`)
