package dev.runnel.attachments;

import java.nio.charset.StandardCharsets;
import java.util.List;

import dev.runnel.conversation.web.Api;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.EntityExchangeResult;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Files over HTTP: the upload, the download, and what is refused.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "runnel.openrouter.api-key=", "runnel.attachment.max-size=1MB" })
@Timeout(120)
class AttachmentControllerTests {

	private final Api ann;

	private final Api bob;

	AttachmentControllerTests(@LocalServerPort int port) {
		this.ann = Api.visitor(port);
		this.bob = Api.visitor(port);
	}

	private JsonNode upload(String name, byte[] bytes) {
		return Api
			.json(this.ann.send(HttpMethod.POST, "/api/files?name=" + name, MediaType.APPLICATION_OCTET_STREAM, bytes));
	}

	private JsonNode refused(byte[] bytes, int status) {
		return Api.problem(
				this.ann.send(HttpMethod.POST, "/api/files?name=x", MediaType.APPLICATION_OCTET_STREAM, bytes), status);
	}

	private static EntityExchangeResult<byte[]> download(Api visitor, JsonNode file) {
		return visitor.get("/api/files/" + file.get("id").asString()).expectStatus().isOk().expectBody().returnResult();
	}

	@Test
	void aPictureIsShownByTheBrowserAndRunsNothing() {
		JsonNode file = upload("cat.png", SampleFiles.picture("png", 300, 200));
		assertThat(file.get("name").asString()).isEqualTo("cat.png");
		assertThat(file.get("type").asString()).isEqualTo("image/png");
		assertThat(file.get("width").asInt()).isEqualTo(300);
		assertThat(file.has("pages")).isFalse();
		assertThat(file.has("picture")).isFalse();
		EntityExchangeResult<byte[]> sent = download(this.ann, file);
		HttpHeaders headers = sent.getResponseHeaders();
		assertThat(sent.getResponseBody()).hasSize(file.get("size").asInt());
		assertThat(headers.getContentType()).isEqualTo(MediaType.IMAGE_PNG);
		assertThat(headers.getContentDisposition().isInline()).isTrue();
		assertThat(headers.getContentDisposition().getFilename()).isEqualTo("cat.png");
		assertThat(headers.getFirst("X-Content-Type-Options")).isEqualTo("nosniff");
		assertThat(headers.get("Content-Security-Policy"))
			.containsExactly("default-src 'none'; sandbox; frame-ancestors 'none'");
	}

	@Test
	void markupIsSavedAsText() {
		byte[] svg = "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>".getBytes(StandardCharsets.UTF_8);
		EntityExchangeResult<byte[]> sent = download(this.ann, upload("x.svg", svg));
		assertThat(sent.getResponseBody()).isEqualTo(svg);
		assertThat(sent.getResponseHeaders().getContentType()).hasToString("text/plain;charset=UTF-8");
		assertThat(sent.getResponseHeaders().getContentDisposition().isAttachment()).isTrue();
	}

	@Test
	void aBrowserThatHasAFileGetsItNoSecondTime() {
		JsonNode file = upload("a.txt", new byte[] { 'a' });
		String tag = download(this.ann, file).getResponseHeaders().getETag();
		this.ann.getIfChanged("/api/files/" + file.get("id").asString(), tag).expectStatus().isNotModified();
	}

	@Test
	void somePagesOfAPdfAreAFileOfTheirOwn() {
		String path = "/api/files/" + upload("long.pdf", SampleFiles.pdf(5, "Page number")).get("id").asString();
		JsonNode part = Api.json(this.ann.send(HttpMethod.POST, path + "/pages", "{\"first\":2,\"last\":3}"));
		assertThat(part.get("name").asString()).isEqualTo("long (2–3).pdf");
		assertThat(part.get("pages").asInt()).isEqualTo(2);
		assertThat(part.get("hasText").asBoolean()).isTrue();
		assertThat(new String(download(this.ann, part).getResponseBody(), StandardCharsets.ISO_8859_1))
			.startsWith("%PDF-");
		JsonNode last = Api.json(this.ann.send(HttpMethod.POST, path + "/pages", "{\"first\":5,\"last\":5}"));
		assertThat(last.get("name").asString()).isEqualTo("long (5).pdf");
		for (String pages : List.of("{\"first\":0,\"last\":1}", "{\"first\":3,\"last\":2}", "{\"first\":5,\"last\":6}",
				"{}")) {
			Api.problem(this.ann.send(HttpMethod.POST, path + "/pages", pages), 400);
		}
		String text = "/api/files/" + upload("a.txt", new byte[] { 'a' }).get("id").asString();
		Api.problem(this.ann.send(HttpMethod.POST, text + "/pages", "{\"first\":1,\"last\":1}"), 400);
		Api.problem(this.bob.send(HttpMethod.POST, path + "/pages", "{\"first\":1,\"last\":1}"), 404);
	}

	@Test
	void aFileBelongsToItsVisitor() {
		JsonNode file = upload("a.txt", new byte[] { 'a' });
		String path = "/api/files/" + file.get("id").asString();
		Api.problem(this.bob.get(path), 404);
		Api.problem(this.bob.delete(path), 404);
		download(this.ann, file);
		this.ann.delete(path).expectStatus().isNoContent();
		Api.problem(this.ann.get(path), 404);
		Api.problem(this.ann.delete(path), 404);
	}

	@Test
	void aFileThatIsTooLargeOrOfAnotherKindIsRefused() {
		assertThat(refused(new byte[1024 * 1024 + 1], 413).get("code").asString()).isEqualTo("payload_too_large");
		assertThat(refused(SampleFiles.pngOfSize(20_000, 20_000), 413).get("detail").asString())
			.contains("20000 × 20000");
		assertThat(refused("PK\3\4\0 not a document".getBytes(StandardCharsets.US_ASCII), 415).get("code").asString())
			.isEqualTo("unsupported_media_type");
		Api.problem(this.ann.send(HttpMethod.POST, "/api/files?name=x", MediaType.TEXT_PLAIN, new byte[] { 'a' }), 415);
	}

}
