package dev.runnel.attachments;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

import dev.runnel.conversation.Attachments;
import dev.runnel.conversation.NewAttachment;
import dev.runnel.data.TemporaryFiles;
import dev.runnel.upstream.Attachment;
import dev.runnel.web.Caller;
import dev.runnel.web.ClientAddress;
import dev.runnel.web.ProblemException;
import dev.runnel.web.Standing;
import dev.runnel.web.Visitor;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The files of one address leave room in the queue for those of others.
 */
@Timeout(120)
class FileTurnsTests {

	private static final Duration LIMIT = Duration.ofSeconds(20);

	private static final AttachmentSettings SETTINGS = new AttachmentSettings(DataSize.ofMegabytes(20),
			Duration.ofMinutes(5), 64_000_000, 100, Duration.ofMinutes(2), DataSize.ofMegabytes(64));

	private final HangingStore store = new HangingStore();

	private static Mono<Attachment> upload(FileUploads uploads, String address) throws UnknownHostException {
		Caller caller = new Caller(new Visitor("ann"), true, new ClientAddress(InetAddress.getByName(address)), true,
				Standing.VISITOR);
		DataBuffer text = DefaultDataBufferFactory.sharedInstance.wrap(new byte[] { 'a' });
		return uploads.take(caller, "a.txt", Flux.just(text));
	}

	private void awaitStored(int files) {
		Awaitility.await().atMost(LIMIT).until(() -> this.store.files.get() == files);
	}

	@Test
	void anAddressHasTenFilesInTheQueueAtMost(@TempDir Path folder) throws IOException {
		try (FileUploads uploads = new FileUploads(this.store, TemporaryFiles.in(folder, Duration.ofHours(1)),
				SETTINGS)) {
			Disposable.Composite running = Disposables.composite();
			for (int i = 0; i < 10; i++) {
				running.add(upload(uploads, "192.0.2.7").subscribe());
			}
			awaitStored(10);
			Mono<Attachment> another = upload(uploads, "192.0.2.7");
			assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> another.block(LIMIT))
				.returns("rate_limited", ProblemException::code);
			running.add(upload(uploads, "192.0.2.8").subscribe());
			awaitStored(11);
			running.dispose();
			Disposable next = upload(uploads, "192.0.2.7").subscribe();
			awaitStored(12);
			next.dispose();
		}
	}

	/** A store that takes files and never confirms them. */
	private static final class HangingStore implements Attachments {

		private final AtomicInteger files = new AtomicInteger();

		@Override
		public Mono<Attachment> add(Visitor visitor, NewAttachment file) {
			this.files.incrementAndGet();
			return Mono.never();
		}

		@Override
		public Mono<Attachment> get(Visitor visitor, UUID id) {
			return Mono.never();
		}

		@Override
		public Mono<List<Attachment>> find(Visitor visitor, List<UUID> ids) {
			return Mono.never();
		}

		@Override
		public Mono<String> text(Attachment attachment) {
			return Mono.never();
		}

		@Override
		public Mono<Void> discard(Visitor visitor, UUID id) {
			return Mono.never();
		}

		@Override
		public Flux<byte[]> read(Attachment attachment) {
			return Flux.never();
		}

	}

}
