package dev.runnel.backup;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;

import dev.runnel.accounts.Audited;
import dev.runnel.accounts.Audited.Action;
import dev.runnel.web.ErrorCode;
import dev.runnel.web.ProblemException;
import dev.runnel.web.SignedIn;
import reactor.core.publisher.Mono;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

/**
 * Lets admins download a backup of the running server. It holds everybody's chats and the
 * hashes of passwords, so nobody else gets it, and where nobody signs in nobody does.
 */
@RestController
final class BackupController {

	/** The bytes of a buffer. Reactor Netty prefetches 128 of them. */
	private static final int PIECE = 8 * 1024;

	private final BackupDownloads downloads;

	private final ApplicationEventPublisher events;

	private final Clock clock = Clock.systemUTC();

	BackupController(BackupDownloads downloads, ApplicationEventPublisher events) {
		this.downloads = downloads;
		this.events = events;
	}

	/** Takes the call of a program. */
	@PostMapping("/api/admin/backup")
	Mono<Void> toProgram(ServerWebExchange exchange) {
		return download(exchange);
	}

	/** Takes the form of the page, whose token was checked before. */
	@PostMapping(path = "/admin/backup", consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
	Mono<Void> toBrowser(ServerWebExchange exchange) {
		return download(exchange);
	}

	private Mono<Void> download(ServerWebExchange exchange) {
		SignedIn admin = admin(exchange);
		if (!this.downloads.areOffered()) {
			throw ProblemException.of(HttpStatus.FORBIDDEN, ErrorCode.FORBIDDEN,
					"This server offers no backup: RUNNEL_BACKUP_DOWNLOAD is false, or its data is in memory only.");
		}
		return this.downloads.use((file) -> {
			this.events
				.publishEvent(new Audited(Action.BACKUP, admin.name(), "", "conversations=" + file.conversations()));
			return send(file, exchange.getResponse());
		});
	}

	private static SignedIn admin(ServerWebExchange exchange) {
		if (exchange.getAttribute(SignedIn.ATTRIBUTE) instanceof SignedIn person && person.admin()) {
			return person;
		}
		throw ProblemException.of(ErrorCode.FORBIDDEN,
				"A backup holds everybody's chats, so only an admin who has signed in may download it. On the machine"
						+ " of the server, the command does the same: java -jar runnel.jar backup FILE");
	}

	private Mono<Void> send(BackupFile file, ServerHttpResponse response) {
		String name = "runnel-" + LocalDate.ofInstant(this.clock.instant(), ZoneOffset.UTC) + ".zip";
		HttpHeaders headers = response.getHeaders();
		headers.setContentType(new MediaType("application", "zip"));
		headers.setContentLength(file.bytes());
		headers.setCacheControl(CacheControl.noStore());
		headers.setContentDisposition(ContentDisposition.attachment().filename(name).build());
		return response.writeWith(DataBufferUtils.read(file.path(), response.bufferFactory(), PIECE));
	}

}
