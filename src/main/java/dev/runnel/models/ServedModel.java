package dev.runnel.models;

import dev.runnel.upstream.Model;
import dev.runnel.upstream.ModelRoute;
import dev.runnel.upstream.ModelService;
import dev.runnel.web.Standing;

/**
 * A model at a service that runs it.
 *
 * @param service the service
 * @param model the model, with the id by which the service knows it
 * @param forUsers whether somebody who has signed in without the role of an admin may ask
 * it, if the service is not for admins
 */
record ServedModel(ModelService service, Model model, boolean forUsers) {

	/** Whether people of a standing may ask this model. */
	boolean isOpen(Standing standing) {
		return switch (standing) {
			case VISITOR -> !this.service.forAdmins();
			case USER -> !this.service.forAdmins() && this.forUsers;
			case ADMIN -> true;
		};
	}

	/** Whether an id, with or without the name of the service, means this model. */
	boolean isCalled(String id) {
		return id.equals(this.model.id()) || id.equals(longId());
	}

	/** The id with the name of the service before it. */
	String longId() {
		return this.service.name() + "/" + this.model.id();
	}

	boolean isAt(ServedModel other) {
		return this.service.name().equals(other.service.name());
	}

	Model as(String id) {
		return this.model.as(id);
	}

	ListedModel listed(String id) {
		return ListedModel.of(as(id), this.service.name(), this.service.local());
	}

	ModelRoute route(String id) {
		return new ModelRoute(id, this.service.name(), this.model.id());
	}

}
