// Builds report.html: the page with its script and style inside, allowed by their hashes and nothing else.
// The renderer puts the data of an audit where the two marks are.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

function hash(text) {
  return `'sha256-${createHash('sha256').update(text, 'utf8').digest('base64')}'`;
}

// Observable Plot puts a style element into each chart, which the policy forbids. Its rules stand in
// style.scss instead. A version of Plot that does it otherwise stops the build here.
function plotWithoutStyle() {
  const pattern = /svg\.append\("style"\)\.text\(\s*`[^`]*`\s*\)/;
  return {
    name: 'plot-without-style',
    transform(code, id) {
      if (!id.endsWith('@observablehq/plot/src/plot.js')) return null;
      if (!pattern.test(code)) throw new Error('Plot no longer styles its charts as vite.config.js expects');
      return { code: code.replace(pattern, 'svg'), map: null };
    },
  };
}

function oneFile() {
  return {
    name: 'one-file',
    enforce: 'post',
    generateBundle(options, bundle) {
      const files = Object.values(bundle);
      const script = files.find((file) => file.type === 'chunk').code.trim();
      const style = String(files.find((file) => file.fileName.endsWith('.css')).source).trim();
      if (/<\/script|<!--/i.test(script)) throw new Error('the script holds what would end it');
      if (/<\/style/i.test(style) || /url\(|@import/i.test(style)) throw new Error('the style asks for a file');
      const policy = `default-src 'none'; script-src ${hash(script)}; style-src ${hash(style)}; base-uri 'none'; ` +
        `form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'`;
      const page = readFileSync(here('src/page.html'), 'utf8')
        .replace('{{policy}}', () => policy)
        .replace('{{style}}', () => style)
        .replace('{{script}}', () => script);
      for (const name of Object.keys(bundle)) delete bundle[name];
      this.emitFile({ type: 'asset', fileName: 'report.html', source: page });
    },
  };
}

export default defineConfig({
  logLevel: 'warn',
  css: { preprocessorOptions: { scss: { api: 'modern', loadPaths: [here('node_modules')], quietDeps: true, silenceDeprecations: ['mixed-decls'] } } },
  plugins: [plotWithoutStyle(), oneFile()],
  build: {
    target: 'es2021',
    cssCodeSplit: false,
    reportCompressedSize: false,
    lib: { entry: here('src/main.ts'), formats: ['iife'], name: 'caseaudit', cssFileName: 'report' },
  },
});
