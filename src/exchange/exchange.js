/** The provider's own refusal signals: a judge of their own, exported apart from all others. */
export const providerRefusalReasons = [
    'refusal_field',
    'content_filter',
    'moderation_flagged',
    'stop_refusal',
    'fallback',
    'policy_error',
    'prompt_blocked',
    'guardrail',
];
