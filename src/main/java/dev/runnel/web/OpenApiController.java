package dev.runnel.web;

import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code GET /api/openapi.json}: the description of the API, {@code docs/openapi.json}.
 */
@RestController
final class OpenApiController {

	private final Resource description = new ClassPathResource("META-INF/openapi.json");

	@GetMapping(path = "/api/openapi.json", produces = MediaType.APPLICATION_JSON_VALUE)
	Resource description() {
		return this.description;
	}

}
