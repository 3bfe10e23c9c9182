import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { parse as parseToml } from 'smol-toml';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { backendParameters, parameterNames } from '#contracts/parameters.ts';
import { root } from '../../scripts/lib/paths.ts';
import { stacks } from '../../scripts/lib/stacks.ts';
import { type Rule, testRules } from './rules.ts';
import {
  at,
  find,
  functionsOf,
  resources,
  strings,
  type Template,
  template,
  templates,
} from './templates.ts';

const text = (path: string) => readFileSync(join(root, path), 'utf8');
const backend = 'backend/template.yaml';
const v1 = 'workflows/templates/v1/template.yaml';

/** The folder whose code a file may use besides the packages, by where the file stands. */
const owners = [
  ...['backend', 'workflows/orders', 'workflows', 'frontend'],
  ...globSync('extensions/*', { cwd: root }),
];
const shared = ['contracts', 'platform'];
const ownerOf = (path: string) =>
  [...owners, ...shared].find((folder) => path.startsWith(`${folder}/`)) ?? '';

/** What a file imports from outside its folder, and may not. */
function foreignImports(path: string, source: string): string[] {
  const owner = ownerOf(path);
  const allowed = owner === 'contracts' ? ['contracts'] : [owner, ...shared];
  const specifiers = [...source.matchAll(/(?:from|import)\s*\(?\s*['"]([#.][^'"]*)['"]/g)].map(
    ([, name = '']) => name,
  );
  return specifiers.filter((specifier) => {
    const target = specifier.startsWith('#') ? specifier.slice(1) : normalize(join(dirname(path), specifier));
    // By path within the own folder only, by name from the shared ones.
    const inside =
      ownerOf(target) === owner ||
      (specifier.startsWith('#') && allowed.some((one) => target.startsWith(`${one}/`)));
    return !inside;
  });
}

const folders = [...owners, ...shared].map((folder) => `${folder}/**/*.{ts,vue}`);
/** Each once, although one owner's folder lies in another's. */
const sources = globSync(folders, {
  cwd: root,
  exclude: (name) => ['node_modules', 'dist', '.aws-sam'].includes(name),
});

describe('the code of the stacks', () => {
  it('uses its own folder, the contracts and the platform only', () => {
    const foreign = sources
      // The local edge reads the front end's template; tests and configuration ship to nobody.
      .filter((path) => !/\.(test|config)\.ts$/.test(path))
      .flatMap((path) => foreignImports(path, text(path)).map((name) => `${path} imports ${name}`));
    expect(sources.length).toBeGreaterThan(50);
    expect(foreign).toEqual([]);
  });

  it.each([
    ['backend/functions/a/index.ts', "import { x } from '../../stores/x.ts';", 0],
    ['backend/functions/a/index.ts', "import { x } from '#contracts/x.ts';", 0],
    ['backend/functions/a/index.ts', "import { x } from '../../../workflows/x.ts';", 1],
    ['backend/functions/a/index.ts', "import { x } from '../../../contracts/x.ts';", 1],
    ['workflows/functions/a/index.ts', "const x = await import('../../../backend/x.ts');", 1],
    ['workflows/orders/functions/a/index.ts', "import { x } from '../../stores/x.ts';", 0],
    ['workflows/orders/functions/a/index.ts', "import { x } from '../../../stores/x.ts';", 1],
    ['workflows/functions/a/index.ts', "import { x } from '../../orders/stores/x.ts';", 1],
    ['contracts/x.ts', "import { x } from '#platform/x.ts';", 1],
    ['platform/x.ts', "import { x } from '../backend/x.ts';", 1],
  ])('is found out: %s with %s', (path, source, count) => {
    expect(foreignImports(path, source)).toHaveLength(count);
  });
});

const declared = (one: Template) =>
  resources(one, 'AWS::SSM::Parameter').map(({ properties }) => String(at(properties.Name, 'Fn::Sub')));

const known = new Set(backendParameters.map((thing) => parameterNames.backend('*', thing)));

const looked: Rule = (one) => {
  const resolved = strings(one.document).flatMap((value) =>
    [...value.matchAll(/\{\{resolve:ssm:([^}]*(?:\}[^}]*)?)\}\}/g)].map(([, name = '']) => name),
  );
  const typed = find(one.document.Parameters ?? {}, 'Type')
    .filter(({ found }) => String(found).startsWith('AWS::SSM::Parameter::Value'))
    .map(({ owner }) => String(owner.Default));
  return [...resolved, ...typed]
    .filter((name) => !known.has(name.replace(/^(\/happy-path\/)[^/]+(\/backend\/)/, '$1*$2')))
    .map((name) => `${name} is no parameter of the contract`);
};

const separate: Rule = (one) =>
  find(one.document, 'Fn::ImportValue').length > 0 || find(one.document, 'Export').length > 0
    ? ['A stack that exports or imports values cannot be deleted alone']
    : [];

const code: Rule = (one) =>
  functionsOf(one).flatMap(({ id, properties }) => {
    const folder = normalize(join(dirname(one.path), String(properties.CodeUri)));
    const name = folder.split('/').filter(Boolean).at(-1) ?? '';
    const expected = `${name.replace(/(^|-)(\w)/g, (_all, _dash, letter: string) => letter.toUpperCase())}Function`;
    return [
      ...(existsSync(join(root, folder, 'index.ts')) ? [] : [`${id}: ${folder} has no index.ts`]),
      ...(existsSync(join(root, folder, `${name}.ts`))
        ? []
        : [`${id}: ${folder} has no use-case of its name`]),
      // Building in source, SAM would remove the development packages of a package.json there.
      ...(existsSync(join(root, folder, 'package.json')) ? [`${id}: ${folder} has a package.json`] : []),
      ...(id === expected ? [] : [`${id} is not named after its folder, ${expected}`]),
    ];
  });

/** Settings of the libraries, which no handler reads by itself. */
const settings = /^(POWERTOOLS_|AWS_|NODE_)/;

/** The text of what a module exports under a name. */
const exported = (module: string, name: string) =>
  module.split(/^export /m).find((part) => new RegExp(`^(?:const|function) ${name}\\b`).test(part)) ?? '';

const configured: Rule = (one) =>
  functionsOf(one).flatMap(({ id, properties }) => {
    const file = join(root, dirname(one.path), String(properties.CodeUri), 'index.ts');
    if (!existsSync(file)) return [];
    const source = readFileSync(file, 'utf8');
    // What functions share of their configuration stands in a file named so; a function reads what it imports of it.
    const shared = [...source.matchAll(/import \{([^}]*)\} from '(\.[^']*\/config\.ts)'/g)].flatMap(
      ([, imported = '', path = '']) =>
        imported
          .split(',')
          .map((one) => one.trim())
          .map((one) => exported(readFileSync(join(dirname(file), path), 'utf8'), one)),
    );
    const read = [...[source, ...shared].join('\n').matchAll(/\b([A-Z][A-Z0-9_]{3,}):/g)].map(
      ([, name = '']) => name,
    );
    const given = Object.keys(at(properties, 'Environment', 'Variables') ?? {}).filter(
      (name) => !settings.test(name),
    );
    return [
      ...read
        .filter((name) => !given.includes(name))
        .map((name) => `${id} reads ${name}, which the template does not set`),
      ...given
        .filter((name) => !read.includes(name))
        .map((name) => `${id} gets ${name} and does not read it`),
    ];
  });

testRules(
  {
    'looks up parameters of the contract only': looked,
    'can be deleted without asking another stack': separate,
    'names each function after its folder, which has no manifest': code,
    'sets what each function reads, and nothing else': configured,
  },
  [
    {
      rule: 'looks up parameters of the contract only',
      path: v1,
      from: 'backend/table-name',
      to: 'backend/table',
    },
    {
      rule: 'looks up parameters of the contract only',
      path: 'frontend/template.yaml',
      from: 'Default: /happy-path/dev/backend/api-id',
      to: 'Default: /happy-path/dev/backend/api',
    },
    {
      rule: 'can be deleted without asking another stack',
      path: v1,
      from: 'Value: !Ref PhotoWorkflow',
      to: 'Value: !ImportValue x',
    },
    {
      rule: 'names each function after its folder, which has no manifest',
      path: backend,
      from: 'GetPlaceFunction:',
      to: 'PlaceFunction:',
    },
    {
      rule: 'names each function after its folder, which has no manifest',
      path: backend,
      from: 'functions/get-place/',
      to: 'functions/got-place/',
    },
    {
      rule: 'sets what each function reads, and nothing else',
      path: backend,
      from: 'KEEP_DAYS:',
      to: 'KEPT_DAYS:',
    },
  ],
);

describe('what the stacks agree on', () => {
  it('publishes exactly the parameters of the contract', () => {
    const expected = backendParameters.map((thing) => parameterNames.backend(`\${Stage}`, thing));
    expect(declared(template(backend)).sort()).toEqual([...expected].sort());
  });

  it("registers each workflow under the contract's name", () => {
    for (const one of templates) {
      const version = /^workflows\/templates\/(v\d+)\//.exec(one.path)?.[1];
      if (version) expect(declared(one)).toEqual([parameterNames.workflow(`\${Stage}`, version)]);
    }
  });

  it('tests each workflow against what every version must do', () => {
    const workflows = stacks.filter(({ name }) => /^v\d+$/.test(name));
    const tested = workflows.filter(({ name }) =>
      existsSync(join(root, 'tests', 'conformance', `${name}.ts`)),
    );
    expect(workflows.length).toBeGreaterThan(0);
    expect(tested).toEqual(workflows);
  });

  it('has one version of sharp', () => {
    const dependency = z.object({ dependencies: z.object({ sharp: z.string() }) });
    const version = (path: string) => dependency.parse(JSON.parse(text(path))).dependencies.sharp;
    expect(version('workflows/layers/sharp/package.json')).toBe(version('package.json'));
  });

  it('pins packages, and locks them without the address of a registry', () => {
    const locks = globSync('**/package-lock.json', { cwd: root, exclude: (name) => name === 'node_modules' });
    expect(locks).toContain('package-lock.json');
    for (const lock of locks)
      expect(text(lock), lock).not.toMatch(
        /"resolved"|https?:\/\/(?!opencollective|github|tidelift|www|paypal|feross|patreon)[\w.-]*registry/,
      );
    const versions = z.object({
      dependencies: z.record(z.string(), z.string()),
      devDependencies: z.record(z.string(), z.string()),
    });
    const { dependencies, devDependencies } = versions.parse(JSON.parse(text('package.json')));
    const loose = Object.entries({ ...dependencies, ...devDependencies }).filter(
      ([, version]) => !/^\d/.test(version),
    );
    expect(loose).toEqual([]);
  });
});

describe('samconfig.toml', () => {
  const table = z.record(z.string(), z.unknown());
  const config = table.parse(parseToml(text('samconfig.toml')));
  const setting = (environment: unknown, command: string, name: string): unknown => {
    const commands = table.parse(environment ?? {});
    return table.parse(table.parse(commands[command] ?? {}).parameters ?? {})[name];
  };

  it.each(stacks.map((stack) => [stack.name, stack] as const))(
    'builds, checks and deploys %s',
    (name, stack) => {
      const own = config[stack.configEnv];
      expect(setting(own, 'global', 'stack_name')).toBe(stack.stackName);
      expect(setting(own, 'build', 'template_file')).toBe(stack.template);
      expect(setting(own, 'validate', 'template_file')).toBe(stack.template);
      expect(setting(own, 'validate', 'lint')).toBe(true);
      expect(setting(own, 'deploy', 'template_file')).toBe(`.aws-sam/${name}/build/template.yaml`);
      expect(setting(own, 'deploy', 's3_prefix')).toBe(stack.stackName);
    },
  );

  it.each(stacks.filter((stack) => !stack.onlyOnAws).map((stack) => [stack.template, stack] as const))(
    'agrees with the one beside %s',
    (path, stack) => {
      const beside = table.parse(parseToml(text(join(dirname(path), 'samconfig.toml')))).default;
      expect(setting(beside, 'global', 'stack_name')).toBe(stack.stackName);
      expect(setting(beside, 'build', 'build_in_source')).toBe(true);
      expect(setting(beside, 'deploy', 'capabilities')).toBe(
        setting(config[stack.configEnv], 'deploy', 'capabilities'),
      );
    },
  );

  it('has an environment for each template', () => {
    expect(stacks.map((stack) => stack.template).sort()).toEqual(templates.map((one) => one.path).sort());
  });
});
