/** Made up, in the forms that the providers use. */
export const planted: readonly string[] = [
  'sk-proj-Zx81kQwErTyUiOpAsDfGh',
  'sk-ant-api03-Lm4nOpQrStUvWxYz-0_1',
  'AIzaSyD4f5G6h7J8k9L0zXcVbNm',
  'xoxb-123456789012-abcdefGHIJKL',
  'AKIAIOSFODNN7PLANTED',
  'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJwbGFudGVkIn0.c2lnbmF0dXJl',
  'ghp_Abcdefghij0123456789Kl',
  'hf_AbCdEfGhIjKlMnOpQrSt',
  'gsk_AbCdEfGhIjKlMnOpQrSt',
  'xai-AbCdEfGhIjKlMnOpQrSt',
  'ya29.a0AfPlantedTokenValue123',
  'rk_live_51PlantedStripeKey',
]
