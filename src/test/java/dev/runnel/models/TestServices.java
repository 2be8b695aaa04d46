package dev.runnel.models;

import java.util.List;
import java.util.function.Supplier;

import dev.runnel.upstream.Model;
import dev.runnel.upstream.ModelDirectory;
import dev.runnel.upstream.ModelService;
import dev.runnel.upstream.ModelServices;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Services whose lists a test decides. Nobody asks their models.
 */
final class TestServices {

	private TestServices() {
	}

	/** The only service. */
	static ModelServices one(String host, Supplier<Mono<List<Model>>> list, List<Model> builtIn) {
		ModelService service = new ModelService("openrouter", host, true, false, List.of(), true,
				new Directory(list, builtIn), (prompt) -> Flux.empty());
		return new ModelServices(List.of(service), List.of());
	}

	/** One of several services, without a built-in list. */
	static ModelService named(String name, boolean forAdmins, Supplier<Mono<List<Model>>> list, String... allowed) {
		return new ModelService(name, name + ".example", false, forAdmins, List.of(allowed), name.equals("openrouter"),
				new Directory(list, List.of()), (prompt) -> Flux.empty());
	}

	/** A list of models with these ids. */
	static Mono<List<Model>> list(String... ids) {
		return Mono.just(List.of(ids)).map((all) -> all.stream().map(Model::of).toList());
	}

	private record Directory(Supplier<Mono<List<Model>>> answer, List<Model> builtIn) implements ModelDirectory {

		@Override
		public Mono<List<Model>> list() {
			return Mono.defer(this.answer);
		}

	}

}
