package dev.runnel.upstream;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Files are written into a text as Base64, in the places of their marks.
 */
class EmbeddedFilesTests {

	private static final byte[] BYTES = "some bytes".getBytes(StandardCharsets.UTF_8);

	private static final Attachment ONE = file(1, 3);

	private static final Attachment TWO = file(2, 8);

	private static Attachment file(long id, int size) {
		return new Attachment(new UUID(0, id), "a.png", "image/png", size, null, 1, 1, false, 1);
	}

	private static Flux<byte[]> read(Attachment file) {
		return Flux.range(0, (int) file.size()).map((at) -> new byte[] { BYTES[at] });
	}

	private static EmbeddedFiles in(String text, Attachment... files) {
		return EmbeddedFiles.in(text.getBytes(StandardCharsets.UTF_8), List.of(files));
	}

	private static String written(EmbeddedFiles text) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		text.pieces(EmbeddedFilesTests::read).doOnNext(bytes::writeBytes).blockLast(Duration.ofSeconds(10));
		assertThat(bytes.size()).isEqualTo((int) text.length());
		return bytes.toString(StandardCharsets.UTF_8);
	}

	private static String base64(int size) {
		return Base64.getEncoder().encodeToString(Arrays.copyOf(BYTES, size));
	}

	@Test
	void filesAreInThePlacesOfTheirMarks() {
		String text = "ä" + EmbeddedFiles.mark(ONE) + ", " + EmbeddedFiles.address(TWO) + EmbeddedFiles.mark(ONE) + "!";
		assertThat(written(in(text, ONE, TWO, ONE)))
			.isEqualTo("ä" + base64(3) + ", data:image/png;base64," + base64(8) + base64(3) + "!");
	}

	@Test
	void aTextWithoutFilesIsOnePiece() {
		StepVerifier.create(in("text").pieces(AttachmentReader.NONE))
			.expectNextCount(1)
			.expectComplete()
			.verify(Duration.ofSeconds(10));
		assertThat(written(in("text"))).isEqualTo("text");
		assertThat(written(in(""))).isEmpty();
	}

	@Test
	void aFileWithoutAMarkIsAMistake() {
		assertThatIllegalStateException().isThrownBy(() -> in(EmbeddedFiles.mark(ONE), ONE, TWO));
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 2, 3, 4, 5, 6, 7 })
	void piecesOfAnySizeMakeOneText(int size) {
		for (int cut = 0; cut <= size; cut++) {
			Base64Pieces pieces = new Base64Pieces();
			String text = ascii(pieces.next(Arrays.copyOf(BYTES, cut)))
					+ ascii(pieces.next(Arrays.copyOfRange(BYTES, cut, size))) + ascii(pieces.end());
			assertThat(text).isEqualTo(base64(size));
			assertThat(text).hasSize((int) Base64Pieces.length(size));
		}
	}

	private static String ascii(byte[] bytes) {
		return new String(bytes, StandardCharsets.US_ASCII);
	}

}
