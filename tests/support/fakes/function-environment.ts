// Handler files read their environment when they are loaded: import this before them. Logs and metrics stay out of test reports.
Object.assign(process.env, {
  AWS_REGION: 'eu-central-1',
  POWERTOOLS_LOG_LEVEL: 'SILENT',
  POWERTOOLS_METRICS_DISABLED: 'true',
  CREDENTIALS_TABLE: 'credentials',
  ARRIVALS_TABLE: 'arrivals',
  CUSTOMERS_TABLE: 'customers',
  CATALOGUE_TABLE: 'catalogue',
  BUS_NAME: 'bus',
  MODELS_TABLE: 'models',
  DECISIONS_TABLE: 'decisions',
  BUDGETS_TABLE: 'budgets',
  IDENTITY_KEY_SECRET_ARN: 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:identity-key',
  IDENTIFIER_SETTINGS: '{}',
  USUAL_TIME_ZONE: 'UTC',
  ATHENA_WORKGROUP: 'workgroup',
  ATHENA_DATABASE: 'database',
});
