// Bundles src/ into the one script that the package ships. Its first line names the digest of the sources, by which
// the tests see that it was made from them.
import { createHash } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = fileURLToPath(new URL(".", import.meta.url));
const digest = createHash("sha256");
for (const name of readdirSync(`${here}src`).sort()) digest.update(readFileSync(`${here}src/${name}`));

await build({
  entryPoints: [`${here}src/main.js`],
  outfile: `${here}../generator/theme/assets/briefing-search.js`,
  bundle: true,
  minify: true,
  format: "iife",
  target: ["chrome90", "firefox90", "safari15"],
  charset: "ascii",
  banner: { js: `/*! Search of Briefing (MIT), made from web/src/ by web/build.mjs; sources ${digest.digest("hex")} */` },
});
