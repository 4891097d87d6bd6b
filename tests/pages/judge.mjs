// Judges pages with tools that others made: is the HTML valid, is it accessible, does it ask for anything
// outside of itself, does it fit a phone, a desk and paper?
//
//     tests/pages/judge.sh [PAGE…]
import { readFile, stat } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { resolve } from 'node:path';
import axe from 'axe-core';
import { HtmlValidate } from 'html-validate';
import puppeteer from 'puppeteer-core';

const LARGEST = 1_000_000;
const WIDTHS = [360, 768, 1280];
const pages = process.argv.slice(2);
const executablePath = process.env.BROWSER || '/usr/bin/chromium';
const browser = await puppeteer.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
const validator = new HtmlValidate({ extends: ['html-validate:standard'] });
let failed = 0;

for (const path of pages) {
  const faults = [];
  const size = (await stat(path)).size;
  if (size > LARGEST) faults.push(`${size} bytes are more than ${LARGEST}`);
  const report = await validator.validateString(await readFile(path, 'utf8'));
  for (const result of report.results)
    for (const it of result.messages) faults.push(`${it.line}:${it.column}: ${it.message} (${it.ruleId})`);
  for (const scheme of ['light', 'dark']) {
    const page = await browser.newPage();
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
    const url = pathToFileURL(resolve(path)).href;
    page.on('request', (request) => {
      if (request.url() !== url) faults.push(`asks for ${request.url()}`);
    });
    page.on('console', (message) => faults.push(`the browser says: ${message.text()}`));
    await page.setBypassCSP(false);
    await page.goto(url);
    for (const width of WIDTHS) {
      await page.setViewport({ width, height: 900 });
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      if (wide > width) faults.push(`is ${wide} wide in a window of ${width}`);
    }
    const found = await page.evaluate(`${axe.source}; axe.run().then((it) => it.violations)`);
    for (const it of found) faults.push(`${scheme}: ${it.id}: ${it.help} (${it.nodes[0].html.slice(0, 120)})`);
    await page.close();
  }
  failed += faults.length > 0;
  console.log(`${faults.length ? 'FAULTY' : 'ok'}  ${size} bytes  ${path}`);
  for (const fault of new Set(faults)) console.log(`    ${fault}`);
}
await browser.close();
console.log(`${pages.length - failed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
