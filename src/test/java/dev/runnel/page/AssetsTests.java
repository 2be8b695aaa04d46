package dev.runnel.page;

import java.io.ByteArrayInputStream;
import java.util.Map;
import java.util.zip.GZIPInputStream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * How the page's files are bundled, and how much a browser has to load.
 */
class AssetsTests {

	/** The maximum size of all scripts and styles that the page starts with, in bytes. */
	private static final int WEIGHT_LIMIT = 60 * 1024;

	private static Assets assets;

	@BeforeAll
	static void read() throws Exception {
		assets = Assets.in(new PathMatchingResourcePatternResolver());
	}

	@Test
	void aPageBeginsWithLittle() throws Exception {
		int weight = compressed("js/app.js").length + compressed("js/lib/theme.js").length
				+ compressed("css/page.css").length;
		for (String library : assets.libraries()) {
			weight += compressed(library.substring(assets.path().length() + 1)).length;
		}
		assertThat(assets.libraries()).hasSize(1);
		assertThat(weight).isLessThanOrEqualTo(WEIGHT_LIMIT);
	}

	@Test
	void compressedFilesSayTheSame() throws Exception {
		byte[] script = new GZIPInputStream(new ByteArrayInputStream(compressed("js/app.js"))).readAllBytes();
		assertThat(script).isEqualTo(file("js/app.js").content());
		assertThat(file("icons/icon-192.png").type()).hasToString("image/png");
		assertThat(file("manifest.webmanifest").type()).hasToString("application/manifest+json");
	}

	@Test
	void stylesAreOneFileInTheirOrder() {
		String style = new String(file("css/page.css").content(), UTF_8);
		assertThat(style).doesNotContain("@import").containsSubsequence("--paper:", ".conversation", ".prose pre");
	}

	@Test
	void modulesBecomeOneScriptInTheOrderOfTheirImports() {
		Map<String, String> files = ScriptBundle.of(Map.of("app.js",
				"import Library from '../vendor/library.js';\nimport * as words from './lib/few-words.js';\n"
						+ "import { greet as say } from './answer/greet.js';\n\nLibrary.say(say(words.all));\n",
				"answer/greet.js",
				"import { all } from '../lib/few-words.js';\nimport Other from '../../vendor/other.js';\n\n"
						+ "/** Greets. */\nexport function greet() {\n}\n",
				"lib/few-words.js", "export const all = [];\n", "answer/rare.js",
				"import { greet as g } from './greet.js';\nimport { b } from '../other.js';\nexport class Rare {\n}\n",
				"other.js", "import { all } from './lib/few-words.js';\nexport const b = 1;\n"), "app.js");
		assertThat(files).containsOnlyKeys("app.js", "answer/rare.js", "other.js");
		assertThat(files.get("app.js")).isEqualTo("""
				import Other from '../vendor/other.js';
				import Library from '../vendor/library.js';
				const $0 = (() => {
				const all = [];
				return { all };
				})();
				const $1 = (() => {
				const { all } = $0;
				function greet() {
				}
				return { greet };
				})();
				const $2 = (() => {
				const words = $0;
				const { greet: say } = $1;
				Library.say(say(words.all));
				return {  };
				})();
				export { $0, $1, $2 };
				""");
		assertThat(files.get("answer/rare.js")).isEqualTo("""
				import { $1 } from '../app.js';
				const { greet: g } = $1;
				import { b } from '../other.js';
				export class Rare {
				}
				""");
		assertThat(files.get("other.js")).startsWith("import { $0 } from './app.js';\n");
	}

	@Test
	void refusesScriptsThatCannotBeBundled() {
		assertThatIllegalStateException()
			.isThrownBy(() -> ScriptBundle.of(Map.of("app.js", "export default 1;\n"), "app.js"))
			.withMessageContaining("export default 1;");
		assertThatIllegalStateException().isThrownBy(() -> ScriptBundle
			.of(Map.of("app.js", "import { a } from './a.js';\n", "a.js", "import { b } from './app.js';\n"), "app.js"))
			.withMessageContaining("circle");
	}

	private static byte[] compressed(String name) {
		byte[] compressed = file(name).compressed();
		assertThat(compressed).as(name).isNotNull();
		return compressed;
	}

	private static Asset file(String name) {
		Asset asset = assets.find(name);
		assertThat(asset).as(name).isNotNull();
		return asset;
	}

}
