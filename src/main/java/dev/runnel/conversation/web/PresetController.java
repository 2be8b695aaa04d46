package dev.runnel.conversation.web;

import java.util.Objects;
import java.util.UUID;

import jakarta.validation.Valid;

import dev.runnel.conversation.ConversationSettings;
import dev.runnel.conversation.Preset;
import dev.runnel.conversation.PresetId;
import dev.runnel.conversation.Presets;
import dev.runnel.conversation.SettingsBody;
import dev.runnel.models.Models;
import dev.runnel.web.Caller;
import dev.runnel.web.Visitor;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * Lists, adds, changes and deletes the visitor's presets.
 */
@RestController
@RequestMapping(path = "/api/presets", produces = MediaType.APPLICATION_JSON_VALUE)
final class PresetController {

	private final Presets presets;

	private final Models models;

	PresetController(Presets presets, Models models) {
		this.presets = presets;
		this.models = models;
	}

	@GetMapping
	Flux<PresetView> list(Visitor visitor) {
		return this.presets.list(visitor).map(PresetView::of);
	}

	@PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
	@ResponseStatus(HttpStatus.CREATED)
	Mono<PresetView> add(Visitor visitor, Caller caller, @Valid @RequestBody PresetRequest request) {
		this.models.of(caller.standing()).check(SettingsBody.modelOf(request.settings()), "settings.model");
		return this.presets.add(visitor, request.typedName(), request.toSettings()).map(PresetView::of);
	}

	@PutMapping(path = "/{id}", consumes = MediaType.APPLICATION_JSON_VALUE)
	Mono<PresetView> change(Visitor visitor, Caller caller, @PathVariable UUID id,
			@Valid @RequestBody PresetRequest request) {
		this.models.of(caller.standing()).check(SettingsBody.modelOf(request.settings()), "settings.model");
		return this.presets.change(visitor, new PresetId(id), request.typedName(), request.toSettings())
			.map(PresetView::of);
	}

	@DeleteMapping("/{id}")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	Mono<Void> delete(Visitor visitor, @PathVariable UUID id) {
		return this.presets.delete(visitor, new PresetId(id));
	}

	/** The body of a request to add or change a preset. */
	record PresetRequest(@Nullable String name, @Nullable @Valid SettingsBody settings) {

		/** The name as it was typed. The presets check it. */
		String typedName() {
			return Objects.requireNonNullElse(this.name, "");
		}

		ConversationSettings toSettings() {
			return (this.settings != null) ? this.settings.toSettings() : ConversationSettings.NONE;
		}

	}

	/** The JSON form of a preset. */
	private record PresetView(String id, String name, SettingsBody settings) {

		static PresetView of(Preset preset) {
			return new PresetView(preset.id().toString(), preset.name(), SettingsBody.of(preset.settings()));
		}

	}

}
