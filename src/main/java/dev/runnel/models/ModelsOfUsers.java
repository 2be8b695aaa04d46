package dev.runnel.models;

import java.util.List;
import java.util.Optional;

import dev.runnel.upstream.Model;
import dev.runnel.web.ErrorCode;
import dev.runnel.web.ProblemException;
import reactor.core.publisher.Mono;

/**
 * The models that accounts without the role of an admin may choose.
 */
final class ModelsOfUsers implements Models {

	private final Catalogue all;

	private final AllowedModels allowed;

	ModelsOfUsers(Catalogue all, AllowedModels allowed) {
		this.all = all;
		this.allowed = allowed;
	}

	List<Model> list() {
		return this.all.list().stream().filter((model) -> this.allowed.allow(model.id())).toList();
	}

	/** An earlier answer may be of a model that is no longer allowed. */
	@Override
	public Optional<Model> find(String id) {
		return this.all.find(id);
	}

	/** The usual one if it is allowed, else the first one that is. */
	@Override
	public String defaultModel() {
		String usual = this.all.defaultModel();
		return this.allowed.allow(usual) ? usual
				: list().stream()
					.map(Model::id)
					.findFirst()
					.orElseThrow(() -> ProblemException.of(ErrorCode.MODEL_UNAVAILABLE,
							"This account may ask none of the models that are known at the moment."));
	}

	@Override
	public Mono<Void> ready() {
		return this.all.ready();
	}

	@Override
	public boolean offered(String id) {
		return this.all.offered(id) && this.allowed.allow(id);
	}

	@Override
	public boolean allowed(String id) {
		return this.all.allowed(id) && this.allowed.allow(id);
	}

}
