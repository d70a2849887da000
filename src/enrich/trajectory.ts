/**
 * The ordered tool names of a conversation, as far as the request shows them, the calls of the
 * answer last. Only names: arguments never leave the exchange.
 */
import type { Exchange } from '../exchange/exchange.ts'
import { newestCalls } from '../exchange/tool-calls.ts'

/** The newest names are kept: surprisal is a mean per step, and an agent may call for hours. */
export const trajectoryLengthMax = 256
/** Longer names are cut; providers allow 64 to 128 characters. */
export const toolNameLengthMax = 128

export const trajectoryOf = (exchange: Exchange): string[] =>
  newestCalls(exchange, trajectoryLengthMax).map(({ name }) => name.slice(0, toolNameLengthMax))
