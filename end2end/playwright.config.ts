import { defineConfig } from '@playwright/test';

/** Flags that a Chromium needs in a container, and that keep it from speaking to anybody but the server under test. */
const FLAGS = [
  '--no-sandbox',
  // Everything is drawn by the processor; Debian's own flags ask for drawing by a graphics card that is not there.
  '--disable-gpu',
  '--disable-gpu-rasterization',
  '--disable-software-rasterizer',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

// A point of the page is a point of the picture: no page asks how fine the screen is, and twice as fine is four times to draw.
const PHONE = { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true, deviceScaleFactor: 1 };
const PC = { viewport: { width: 1366, height: 768 } };

export default defineConfig({
  testDir: './tests',
  outputDir: './test-results',
  snapshotPathTemplate: '{testDir}/{testFileDir}/{testFileName}-snapshots/{arg}{ext}',
  globalSetup: './support/prepare.ts',
  globalTeardown: './support/clear.ts',
  workers: 2,
  fullyParallel: true,
  // A machine shared with others may stand still for longer than a test waits. What needed its second try is named at the end.
  retries: process.env.CI ? 1 : 0,
  forbidOnly: true,
  timeout: 90_000,
  // An outline is compared whole: what is new on a page counts as much as what is gone.
  expect: { timeout: 7_000, toMatchAriaSnapshot: { children: 'deep-equal' } },
  reporter: [['list'], ['./support/tally.ts']],
  use: {
    locale: 'vi-VN',
    timezoneId: 'Asia/Ho_Chi_Minh',
    // With motion each page fades into the next, and every press waits for it; only `pc-nowasm` does.
    reducedMotion: 'reduce',
    actionTimeout: 10_000,
    navigationTimeout: 20_000,
    screenshot: 'only-on-failure',
    trace: 'off',
    launchOptions: { executablePath: process.env.CHROME_PATH ?? '/usr/bin/chromium', args: FLAGS },
  },
  projects: [
    // The longest first: two workers then end at about the same time. What is @phone is of phones, what is @desk of the
    // PCs of staff, and what is @once is asked once. What is @nojs staff do without JavaScript too. What is @nowasm has
    // something on its page that waits for WebAssembly, or is the one of its kind that shows that nothing does.
    { name: 'pc', use: PC, grepInvert: /@phone/ },
    { name: 'phone', use: PHONE, grepInvert: /@desk|@once/ },
    { name: 'phone-nojs', use: { ...PHONE, javaScriptEnabled: false }, grep: /@story|@plain/, grepInvert: /@desk|@once/ },
    { name: 'pc-nojs', use: { ...PC, javaScriptEnabled: false }, grep: /@nojs/ },
    { name: 'pc-nowasm', use: { ...PC, reducedMotion: 'no-preference' }, grep: /@story|@nowasm/ },
  ],
});
