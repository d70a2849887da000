/**
 * The wire formats holdfast can read. `mcp` is the tool side: calls are counted, nothing in it is an
 * answer of a model. `unknown` is everything else: it passes, and is counted.
 */
export const protocols = [
    'openai_chat',
    'openai_responses',
    'anthropic_messages',
    'gemini',
    'ollama',
    'openai_completions',
    'bedrock_converse',
    'mcp',
    'unknown',
];
/** The formats that probes are sent in. */
export const probeProtocols = [
    'openai_chat',
    'openai_responses',
    'anthropic_messages',
];
