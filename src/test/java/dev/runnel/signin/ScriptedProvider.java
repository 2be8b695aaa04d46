package dev.runnel.signin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.web.util.UriComponentsBuilder;

/**
 * An OpenID Connect provider on a free port of 127.0.0.1, whose tokens the test can
 * spoil. It signs in the same person each time, also in a real browser.
 */
public final class ScriptedProvider implements AutoCloseable {

	public static final String CLIENT = "runnel";

	static final String LOGOUT = "http://schemas.openid.net/event/backchannel-logout";

	private final HttpServer server;

	private final RSAKey key;

	private final AtomicReference<Consumer<JWTClaimsSet.Builder>> claims = new AtomicReference<>((token) -> {
	});

	private final AtomicReference<RSAKey> signedWith = new AtomicReference<>();

	private final AtomicReference<Map<String, String>> tokenRequest = new AtomicReference<>(Map.of());

	private final AtomicReference<String> nonce = new AtomicReference<>("");

	private final AtomicInteger fetchedKeys = new AtomicInteger();

	private final AtomicReference<String> lastIdToken = new AtomicReference<>("");

	/** Where sessions end here; empty if the provider does not offer it. */
	private final AtomicReference<String> endSession = new AtomicReference<>();

	private final BlockingQueue<Map<String, String>> signOuts = new LinkedBlockingQueue<>();

	private final AtomicBoolean silent = new AtomicBoolean();

	private ScriptedProvider(HttpServer server) throws JOSEException {
		this.server = server;
		this.key = newKey();
		this.signedWith.set(this.key);
		this.endSession.set(issuer() + "/logout");
	}

	public static ScriptedProvider start() {
		try {
			ScriptedProvider provider = new ScriptedProvider(
					HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
			provider.serve();
			return provider;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
	}

	static RSAKey newKey() throws JOSEException {
		return new RSAKeyGenerator(2048).keyID("key").generate();
	}

	/** Changes the claims of later tokens, and signs them with the right key. */
	ScriptedProvider answering(Consumer<JWTClaimsSet.Builder> change) {
		this.claims.set(change);
		this.signedWith.set(this.key);
		return this;
	}

	/** Signs later tokens with another key, which may have the same name. */
	ScriptedProvider signingWith(RSAKey another) {
		this.signedWith.set(another);
		return this;
	}

	/** Says another address, or none, where sessions end. */
	ScriptedProvider endingSessionsAt(String address) {
		this.endSession.set(address);
		return this;
	}

	/** Whether a browser that comes to sign out stays on the page it came from. */
	public void silent(boolean silent) {
		this.silent.set(silent);
	}

	/** Waits for a browser that comes to sign out, and returns the fields it brings. */
	public Map<String, String> nextSignOut() throws InterruptedException {
		return Objects.requireNonNull(this.signOuts.poll(30, TimeUnit.SECONDS), "nobody came to sign out");
	}

	/** The last ID token that it gave. */
	public String lastIdToken() {
		return this.lastIdToken.get();
	}

	public String issuer() {
		return "http://127.0.0.1:" + this.server.getAddress().getPort();
	}

	/** How often the keys were fetched. */
	int fetchedKeys() {
		return this.fetchedKeys.get();
	}

	/** The fields of the last request for a token. */
	Map<String, String> tokenRequest() {
		return this.tokenRequest.get();
	}

	/** Signs in, and returns where the provider leads the browser. */
	String answerTo(String authorization) {
		Map<String, String> asked = fields(authorization.substring(authorization.indexOf('?') + 1));
		this.nonce.set(asked.getOrDefault("nonce", ""));
		return UriComponentsBuilder.fromUriString(asked.get("redirect_uri"))
			.queryParam("code", "code")
			.queryParam("state", "{state}")
			.encode()
			.buildAndExpand(asked.get("state"))
			.toUriString();
	}

	static Map<String, String> fields(String query) {
		return Stream.of(query.split("&"))
			.map((field) -> field.split("=", 2))
			.collect(Collectors.toMap((field) -> field[0],
					(field) -> URLDecoder.decode(field[1], StandardCharsets.UTF_8), (one, other) -> other,
					TreeMap::new));
	}

	private void serve() {
		this.server.createContext("/.well-known/openid-configuration", (exchange) -> send(exchange, metadata()));
		this.server.createContext("/authorize",
				(exchange) -> redirect(exchange, answerTo(exchange.getRequestURI().toString())));
		this.server.createContext("/logout", this::signOut);
		this.server.createContext("/keys", (exchange) -> {
			this.fetchedKeys.incrementAndGet();
			send(exchange, Map.of("keys", List.of(this.key.toPublicJWK().toJSONObject())));
		});
		this.server.createContext("/token", this::token);
		this.server.start();
	}

	private Map<String, Object> metadata() {
		Map<String, Object> metadata = new TreeMap<>(Map.of("issuer", issuer(), "authorization_endpoint",
				issuer() + "/authorize", "token_endpoint", issuer() + "/token", "jwks_uri", issuer() + "/keys",
				"subject_types_supported", List.of("public"), "response_types_supported", List.of("code"),
				"id_token_signing_alg_values_supported", List.of("RS256")));
		if (!this.endSession.get().isEmpty()) {
			metadata.put("end_session_endpoint", this.endSession.get());
		}
		return metadata;
	}

	private void signOut(HttpExchange exchange) throws IOException {
		Map<String, String> brought = fields(exchange.getRequestURI().getRawQuery());
		this.signOuts.add(brought);
		if (this.silent.get()) {
			exchange.sendResponseHeaders(204, -1);
			exchange.close();
		}
		else {
			redirect(exchange, brought.get("post_logout_redirect_uri"));
		}
	}

	private static void redirect(HttpExchange exchange, String address) throws IOException {
		exchange.getResponseHeaders().set("Location", address);
		exchange.sendResponseHeaders(302, -1);
		exchange.close();
	}

	private void token(HttpExchange exchange) throws IOException {
		this.tokenRequest.set(fields(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
		this.lastIdToken.set(idToken());
		send(exchange, Map.of("access_token", "access", "token_type", "Bearer", "expires_in", 60, "id_token",
				this.lastIdToken.get()));
	}

	/** A token that says that the person has signed out. */
	String logoutToken() {
		return signed(token().jwtID("once").claim("events", Map.of(LOGOUT, Map.of())));
	}

	private String idToken() {
		return signed(token().claim("nonce", this.nonce.get())
			.claim("preferred_username", "Grace")
			.claim("email", "grace@example.com")
			.claim("email_verified", true)
			.claim("groups", List.of("staff")));
	}

	private JWTClaimsSet.Builder token() {
		return new JWTClaimsSet.Builder().issuer(issuer())
			.subject("person-1")
			.audience(CLIENT)
			.issueTime(new Date())
			.expirationTime(Date.from(Instant.now().plusSeconds(300)));
	}

	private String signed(JWTClaimsSet.Builder token) {
		this.claims.get().accept(token);
		SignedJWT signed = new SignedJWT(
				new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(this.signedWith.get().getKeyID()).build(),
				token.build());
		try {
			signed.sign(new RSASSASigner(this.signedWith.get()));
			return signed.serialize();
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static void send(HttpExchange exchange, Object json) throws IOException {
		byte[] body = JsonMapper.shared().writeValueAsBytes(json);
		exchange.getResponseHeaders().set("Content-Type", "application/json");
		exchange.sendResponseHeaders(200, body.length);
		exchange.getResponseBody().write(body);
		exchange.close();
	}

	@Override
	public void close() {
		this.server.stop(0);
	}

}
