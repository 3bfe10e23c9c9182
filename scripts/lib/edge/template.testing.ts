import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import * as z from 'zod';

const behaviour = z.object({ TargetOriginId: z.string(), AllowedMethods: z.array(z.string()) });
const pathBehaviour = behaviour.extend({ PathPattern: z.string() });
/** As `!If [HasOrders, behaviour, !Ref AWS::NoValue]` stands once its tags are gone. */
const ordersBehaviour = z
  .tuple([z.literal('HasOrders'), pathBehaviour, z.literal('AWS::NoValue')])
  .transform(([, whenThere]) => whenThere);
const schema = z.object({
  Resources: z.object({
    SinglePageFunction: z.object({ Properties: z.object({ FunctionCode: z.string() }) }),
    SecurityHeaders: z.object({
      Properties: z.object({
        ResponseHeadersPolicyConfig: z.object({
          SecurityHeadersConfig: z.object({
            ContentSecurityPolicy: z.object({ ContentSecurityPolicy: z.string() }),
            FrameOptions: z.object({ FrameOption: z.string() }),
            ContentTypeOptions: z.object({ Override: z.literal(true) }),
            ReferrerPolicy: z.object({ ReferrerPolicy: z.string() }),
            StrictTransportSecurity: z.object({ AccessControlMaxAgeSec: z.number() }),
          }),
          CustomHeadersConfig: z.object({
            Items: z.array(z.object({ Header: z.string(), Value: z.string() })),
          }),
        }),
      }),
    }),
    Distribution: z.object({
      Properties: z.object({
        DistributionConfig: z.object({
          DefaultCacheBehavior: behaviour,
          CacheBehaviors: z.array(z.union([pathBehaviour, ordersBehaviour])),
        }),
      }),
    }),
  }),
});

/** Reads `frontend/template.yaml`; a short-form function such as `!Sub` stands as its own argument. */
export function edgeTemplate(): z.infer<typeof schema>['Resources'] {
  const file = new URL('../../../frontend/template.yaml', import.meta.url);
  return schema.parse(parse(readFileSync(file, 'utf8'), { logLevel: 'silent' })).Resources;
}
