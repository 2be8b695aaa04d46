package dev.runnel.page;

import java.util.stream.Stream;

import dev.runnel.upstream.Script;
import dev.runnel.upstream.ScriptedUpstream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The whole application for the page tests of one class, with a scripted model or with
 * the mock. {@link ChatSite} is the page alone.
 */
final class RunnelSite implements BeforeAllCallback, AfterAllCallback {

	private final boolean asksModel;

	private final String[] settings;

	private Script models = Script.answer(404, "application/json", "{}");

	private ScriptedUpstream upstream;

	private RunningRunnel runnel;

	private RunnelSite(boolean asksModel, String... settings) {
		this.asksModel = asksModel;
		this.settings = settings;
	}

	/** Asks a scripted model, which says Hello until a test gives it another script. */
	static RunnelSite withModel(String... settings) {
		return new RunnelSite(true, settings);
	}

	/** Lists models with this script from the start. */
	RunnelSite listing(Script models) {
		this.models = models;
		return this;
	}

	/** Has no key, so that the mock answers. */
	static RunnelSite withMock(String... settings) {
		return new RunnelSite(false, settings);
	}

	@Override
	public void beforeAll(ExtensionContext context) {
		this.upstream = ScriptedUpstream.start(Script.hello()).models(this.models);
		Stream<String> model = this.asksModel
				? Stream.of("--runnel.openrouter.api-key=key",
						"--runnel.openrouter.base-url=" + this.upstream.baseUrl())
				: Stream.of("--runnel.openrouter.api-key=");
		this.runnel = RunningRunnel.start(Stream.of(Stream.of("--runnel.data-dir=mem"), model, Stream.of(this.settings))
			.flatMap((settings) -> settings)
			.toArray(String[]::new));
	}

	@Override
	public void afterAll(ExtensionContext context) {
		this.runnel.close();
		this.upstream.close();
	}

	ScriptedUpstream upstream() {
		return this.upstream;
	}

	String url(String path) {
		return this.runnel.url(path);
	}

}
