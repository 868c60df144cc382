import { Inventory } from '../../../../policies';
import { awsReferences } from '../../../../policies/rules/aws/references';
import { declared, resource, unknown, urn } from './subjects';

const BUCKET = 'aws:s3/bucket:Bucket';
const BLOCK = 'aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock';
const ofBuckets = awsReferences({ from: [BLOCK], by: ['bucket'], to: [BUCKET], name: 'bucket' });
const index = (...subjects: unknown[]) => ofBuckets(new Inventory(subjects));

describe('what refers to a resource', () => {
  it('is found by where Pulumi says the input came from', () => {
    const bucket = declared(BUCKET, 'a', {});
    const block = resource(BLOCK, unknown({}, 'bucket'), { dependencies: { bucket: [urn(BUCKET, 'a')] } });
    expect(index(bucket, block).to(bucket)).toEqual({ certain: [block], open: false });
    expect(index(bucket, block).targets(block)).toEqual([bucket]);
  });

  it('is another one if it came from elsewhere', () => {
    const bucket = declared(BUCKET, 'a', {});
    const block = resource(BLOCK, unknown({}, 'bucket'), { dependencies: { bucket: [urn(BUCKET, 'b')] } });
    expect(index(bucket, block).to(bucket)).toEqual({ certain: [], open: false });
  });

  it('knows the type of a child by the end of its URN', () => {
    const child = resource(BUCKET, {}, { urn: `urn:pulumi:test::project::our:index:Store$${BUCKET}::a` });
    const block = resource(BLOCK, unknown({}, 'bucket'), { dependencies: { bucket: [child.urn ?? ''] } });
    expect(index(child, block).to(child).certain).toEqual([block]);
  });

  it.each([
    ['id', { id: 'models-1234' }, {}, 'models-1234'],
    ['stated name', {}, { bucket: 'models' }, 'models'],
    ['name in the stack', {}, {}, 'main'],
  ])('is found by the %s of the target', (_by, more, properties, value) => {
    const bucket = resource(BUCKET, properties, more);
    const block = resource(BLOCK, { bucket: value });
    expect(index(bucket, block).to(bucket)).toEqual({ certain: [block], open: false });
  });

  it('may be anything whose input is not known at all', () => {
    const bucket = resource(BUCKET, { bucket: 'models' });
    expect(index(bucket, resource(BLOCK, unknown({}, 'bucket'))).to(bucket)).toEqual({ certain: [], open: true });
  });

  it('may be by a name that is no known one, if the name of the target is not known', () => {
    const block = resource(BLOCK, { bucket: 'other' });
    const [nameless, named] = [resource(BUCKET, {}), resource(BUCKET, { bucket: 'models' })];
    expect(index(nameless, block).to(nameless).open).toBe(true);
    expect(index(named, block).to(named).open).toBe(false);
  });

  it('finds each one of a list', () => {
    const [a, b] = [declared(BUCKET, 'a', {}, { id: 'id-a' }), declared(BUCKET, 'b', {}, { id: 'id-b' })];
    const block = resource(BLOCK, { bucket: ['id-a', 'id-b'] });
    expect(index(a, b, block).targets(block)).toEqual([a, b]);
    expect(index(a, b, block).beside(resource(BUCKET, { bucket: 'id-b' }))).toEqual([block]);
  });

  it('survives an input of any form', () => {
    const bucket = resource(BUCKET, { bucket: null });
    for (const value of [null, {}, [], [null], 3]) expect(index(bucket, resource(BLOCK, { bucket: value })).to(bucket).certain).toEqual([]);
  });
});
