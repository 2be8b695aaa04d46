package dev.runnel.imports;

import dev.runnel.uploads.UploadedFile;
import dev.runnel.web.Caller;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Imports conversations that a visitor uploads.
 */
@RestController
final class ImportController {

	private static final String ZIP = "application/zip";

	private final Imports imports;

	private final ImportSettings settings;

	ImportController(Imports imports, ImportSettings settings) {
		this.imports = imports;
		this.settings = settings;
	}

	@PostMapping(path = "/api/conversations/import", consumes = { MediaType.APPLICATION_JSON_VALUE, ZIP },
			produces = MediaType.APPLICATION_JSON_VALUE)
	Mono<ResponseEntity<ImportResult>> take(Caller caller, @RequestHeader HttpHeaders headers,
			@RequestParam(defaultValue = "false") boolean preview, @RequestBody Flux<DataBuffer> body) {
		if (headers.getContentLength() > this.settings.maxSize().toBytes()) {
			throw UploadedFile.tooLarge(this.settings.maxSize());
		}
		MediaType type = headers.getContentType();
		boolean zip = type != null && type.isCompatibleWith(MediaType.valueOf(ZIP));
		return preview ? this.imports.preview(caller, body, zip).map(ResponseEntity::ok)
				: this.imports.run(caller, body, zip).map(ResponseEntity.status(HttpStatus.CREATED)::body);
	}

}
