import { describe, expect, test } from 'vitest';
import { type Json, StageTemplates } from '#support/stage-templates.ts';

/** A stage's functions by their names, with how many of each are reserved. */
const reservedIn = (templates: StageTemplates) =>
  Object.fromEntries(
    templates
      .resources('AWS::Lambda::Function')
      .filter(({ properties }) => properties.ReservedConcurrentExecutions !== undefined)
      .map(({ properties }) => [
        properties.Environment.Variables.POWERTOOLS_SERVICE_NAME,
        properties.ReservedConcurrentExecutions,
      ]),
  );

describe.each(['dev', 'staging', 'prod'])('the API of %s', (stage) => {
  const templates = new StageTemplates(stage);
  const { RouteSettings, DefaultRouteSettings } = templates.resource('AWS::ApiGatewayV2::Stage').properties;
  const routes = templates.resources('AWS::ApiGatewayV2::Route');
  const targetOf = ({ properties }: { properties: Json }) => templates.text(properties.Target);
  const collecting = routes.filter(({ properties }) => properties.RouteKey === 'POST /v1/track').map(targetOf)[0];

  test('leaves two fifths of the stage’s rate to others on each route of what collects', () => {
    const open = routes.filter((route) => targetOf(route) === collecting).map(({ properties }) => properties.RouteKey);
    expect(open).toHaveLength(17);
    for (const key of open) {
      expect(RouteSettings[key]).toEqual({
        ThrottlingRateLimit: DefaultRouteSettings.ThrottlingRateLimit * 0.6,
        ThrottlingBurstLimit: DefaultRouteSettings.ThrottlingBurstLimit * 0.6,
      });
    }
  });

  test('gives decisions a rate of their own, and no other route', () => {
    expect(RouteSettings['POST /v1/decisions']).toEqual(DefaultRouteSettings);
    expect(Object.keys(RouteSettings)).toHaveLength(18);
  });

  test('makes its stage after the routes that it has settings of', () => {
    const [resources] = templates.templates.flatMap(({ Resources }) =>
      Object.values<Json>(Resources).some(({ Type }) => Type === 'AWS::ApiGatewayV2::Stage') ? [Resources] : [],
    );
    const made: Json = Object.values<Json>(resources).find(({ Type }) => Type === 'AWS::ApiGatewayV2::Stage');
    const before = made.DependsOn.map((id: string) => resources[id].Properties.RouteKey);
    expect(before).toEqual(expect.arrayContaining(Object.keys(RouteSettings)));
  });
});

describe('functions at once', () => {
  test('are kept for decisions, and bounded for what collects, in prod', () => {
    expect(reservedIn(new StageTemplates('prod'))).toEqual({ 'collect-interactions': 300, 'make-decision': 200 });
  });

  test.each(['dev', 'staging'])('are nobody’s own in %s, which a new account could not give', (stage) => {
    expect(reservedIn(new StageTemplates(stage))).toEqual({});
  });

  test('are those that a stage says', () => {
    const templates = new StageTemplates('dev', { reservedConcurrency: { collect: 7, decide: 9 } });
    expect(reservedIn(templates)).toEqual({ 'collect-interactions': 7, 'make-decision': 9 });
  });
});
