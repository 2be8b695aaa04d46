package dev.runnel.attachments;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import dev.runnel.page.RunningRunnel;
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
import reactor.core.publisher.Flux;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Copies of a PDF take room on the disk like uploads.
 */
@Timeout(120)
class RoomOfPagesTests {

	private static final int MAX_BYTES = 1024 * 1024;

	private static final PageRange FIRST_PAGE = new PageRange(1, 1);

	@Test
	void anAddressWhoseRoomIsUsedUpCopiesNoPages(@TempDir Path folder) throws IOException {
		try (RunningRunnel runnel = RunningRunnel.start("--runnel.data-dir=mem", "--runnel.openrouter.api-key=",
				"--runnel.attachment.max-size=1MB")) {
			FileUploads uploads = runnel.context().getBean(FileUploads.class);
			Caller ann = new Caller(new Visitor("ann"), true, new ClientAddress(InetAddress.getByName("192.0.2.7")),
					true, Standing.VISITOR);
			Path pdf = Files.write(folder.resolve("a.pdf"), SampleFiles.pdf(2, "Page"));
			Attachment whole = Objects.requireNonNull(uploads.add(ann.visitor(), pdf, "a.pdf").block());
			assertThat(uploads.pages(ann, whole.id(), FIRST_PAGE).block()).isNotNull();
			List<Disposable> slow = Stream.generate(() -> upload(uploads, ann)).limit(2).toList();
			try {
				Awaitility.await()
					.atMost(Duration.ofSeconds(20))
					.untilAsserted(() -> assertThatExceptionOfType(ProblemException.class)
						.isThrownBy(() -> uploads.pages(ann, whole.id(), FIRST_PAGE).block())
						.returns("rate_limited", ProblemException::code));
			}
			finally {
				slow.forEach(Disposable::dispose);
			}
		}
	}

	/** Begins an upload that has all its bytes and does not end. */
	private static Disposable upload(FileUploads uploads, Caller caller) {
		DataBuffer bytes = DefaultDataBufferFactory.sharedInstance.wrap(new byte[MAX_BYTES]);
		return uploads.take(caller, "slow", Flux.just(bytes).concatWith(Flux.never())).subscribe();
	}

}
