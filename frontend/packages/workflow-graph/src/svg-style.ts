const light = {
  ground: '#fffdf8',
  border: '#d9d0bd',
  ink: '#1d2820',
  soft: '#535e56',
  shape: '#ffffff',
  edge: '#7d887f',
  quiet: '#b3a78f',
  forest: '#1d5a3b',
  question: '#eef4ea',
  onForest: '#ffffff',
  group: '#f6f1e7',
  end: '#f0ebdf',
  loss: '#aa241c',
  lossGround: '#fbeae6',
};

const dark: typeof light = {
  ground: '#171e19',
  border: '#35413a',
  ink: '#ecefe7',
  soft: '#a8b3aa',
  shape: '#222b25',
  edge: '#8b978e',
  quiet: '#6a705f',
  forest: '#7fcb9d',
  question: '#21392b',
  onForest: '#0a1e12',
  group: '#1d2620',
  end: '#2a332c',
  loss: '#ff9a8f',
  lossGround: '#3a211e',
};

const variables = (colours: typeof light) =>
  Object.entries(colours)
    .map(([name, colour]) => `--${name}:${colour}`)
    .join(';');

/** The look of a picture: quiet but for the happy path, and in the colours that its reader's system prefers. */
export const style = [
  `svg{${variables(light)};font-family:system-ui,-apple-system,"Segoe UI",Helvetica,Arial,sans-serif}`,
  `@media (prefers-color-scheme:dark){svg{${variables(dark)}}}`,
  '.ground{fill:var(--ground);stroke:var(--border)}',
  '.line{fill:none;stroke:var(--edge);stroke-width:1.5}',
  '.line.happy{stroke:var(--forest);stroke-width:2.5}',
  '.line.catch{stroke:var(--quiet);stroke-width:1.25;stroke-dasharray:4 4}',
  '.tip{fill:var(--edge)}.tip.happy{fill:var(--forest)}.tip.catch{fill:var(--quiet)}',
  '.label-ground{fill:var(--ground)}',
  '.label{fill:var(--soft);font-size:11.5px;text-anchor:middle}',
  '.shape{fill:var(--shape);stroke:var(--edge);stroke-width:1.25}',
  '.group{fill:var(--group);stroke:var(--edge);stroke-width:1.25;stroke-dasharray:2 3}',
  '.happy>.shape,.group.happy{stroke:var(--forest);stroke-width:1.75}',
  '.choice>.shape{fill:var(--question)}',
  '.succeed>.shape{fill:var(--end)}.succeed.happy>.shape{fill:var(--forest)}',
  '.fail>.shape{fill:var(--lossGround);stroke:var(--loss)}',
  '.name{fill:var(--ink);font-size:14px;font-weight:600;text-anchor:middle}.name.start{text-anchor:start}',
  '.succeed.happy>.name{fill:var(--onForest)}.fail>.name,.fail>.detail{fill:var(--loss)}',
  '.detail{fill:var(--soft);font-size:11.5px;font-weight:400;text-anchor:middle}.name .detail{text-anchor:start}',
  '.mark{fill:var(--forest)}.mark.end{fill:none;stroke:var(--forest);stroke-width:4}',
].join('');
