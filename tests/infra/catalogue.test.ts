import { expect, test } from 'vitest';
import { itemKindNames } from '#domain/catalogue/item-kinds.ts';
import { StageTemplates } from '#support/stage-templates.ts';

const templates = new StageTemplates();

/** The function behind each route, without CDK's hash. */
const functionOf = new Map(
  templates.resources('AWS::ApiGatewayV2::Route').map(({ properties }) => {
    const integration = templates.resource(
      'AWS::ApiGatewayV2::Integration',
      templates.text(properties.Target).split('/')[1],
    );
    return [
      properties.RouteKey,
      templates.text(integration.properties.IntegrationUri).replace(/[0-9A-F]{8}\.Arn$/, ''),
    ];
  }),
);

test.each(itemKindNames)(
  'reads %s with one function and writes them with another that ids with slashes reach',
  (kind) => {
    // The runs of campaigns stand below them, and are no items.
    const routes = [...functionOf].filter(
      ([key]) => key.split(' ')[1].startsWith(`/v1/${kind}`) && !key.includes('/{id}/runs'),
    );
    expect(routes.sort()).toEqual([
      [`DELETE /v1/${kind}/{id+}`, 'cataloguewritecatalogue'],
      [`GET /v1/${kind}`, 'cataloguereadcatalogue'],
      [`GET /v1/${kind}/{id+}`, 'cataloguereadcatalogue'],
      [`PUT /v1/${kind}/{id+}`, 'cataloguewritecatalogue'],
    ]);
  },
);

test('keeps every item and change under one partition each, in the order of their ids', () => {
  const { properties } = templates.resource('AWS::DynamoDB::GlobalTable', 'catalogue');
  expect(properties.KeySchema).toEqual([
    { AttributeName: 'pk', KeyType: 'HASH' },
    { AttributeName: 'sk', KeyType: 'RANGE' },
  ]);
  expect(properties.TimeToLiveSpecification).toBeUndefined();
});
