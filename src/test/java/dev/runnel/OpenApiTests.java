package dev.runnel;

import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.runnel.markdown.BlockPatch;
import dev.runnel.page.RunningRunnel;
import dev.runnel.upstream.FinishReason;
import dev.runnel.web.ErrorCode;
import dev.runnel.web.ProblemException.FieldProblem;
import dev.runnel.web.Reason;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.reactive.result.method.RequestMappingInfo;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code docs/openapi.json} has every call below {@code /api}, every field of every
 * record that is sent or received, and examples that work.
 */
@Timeout(120)
class OpenApiTests {

	/**
	 * Schemas of what no record describes. {@code OpenApiEventTests} checks the events.
	 */
	private static final Set<String> WITHOUT_RECORD = Set.of("Problem", "Conversation", "StartEvent", "ReasoningEvent",
			"MessageEvent", "PictureEvent", "MovedEvent", "FallbackEvent", "CompleteEvent", "ErrorEvent");

	private static JsonNode described;

	private static RunningRunnel runnel;

	@BeforeAll
	static void start() throws Exception {
		described = JsonMapper.shared().readTree(Files.readString(Path.of("docs", "openapi.json")));
		runnel = RunningRunnel.start("--runnel.data-dir=mem", "--runnel.openrouter.api-key=", "--runnel.mock.pace=0ms");
	}

	@AfterAll
	static void stop() {
		runnel.close();
	}

	private static Map<RequestMappingInfo, HandlerMethod> mappings() {
		Map<RequestMappingInfo, HandlerMethod> api = new LinkedHashMap<>();
		runnel.context()
			.getBean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
			.getHandlerMethods()
			.forEach((mapping, method) -> {
				if (paths(mapping).anyMatch((path) -> path.startsWith("/api/"))) {
					api.put(mapping, method);
				}
			});
		return api;
	}

	private static Stream<String> paths(RequestMappingInfo mapping) {
		return mapping.getPatternsCondition().getPatterns().stream().map(Object::toString);
	}

	@Test
	void hasEveryCallAndNoOther() {
		Set<String> served = new TreeSet<>();
		mappings().keySet()
			.forEach((mapping) -> paths(mapping).forEach((path) -> mapping.getMethodsCondition()
				.getMethods()
				.stream()
				.map(RequestMethod::name)
				.forEach((method) -> served.add(method + " " + path))));
		Set<String> named = new TreeSet<>();
		described.get("paths")
			.properties()
			.forEach((path) -> path.getValue()
				.propertyNames()
				.forEach((method) -> named.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));
		assertThat(named).isEqualTo(served);
	}

	/**
	 * Returns the types that the handlers of the API send and receive, by their names.
	 */
	private static Map<String, Class<?>> bodies() throws ClassNotFoundException {
		Map<String, Class<?>> types = new LinkedHashMap<>();
		for (HandlerMethod handler : mappings().values()) {
			collect(handler.getMethod().getGenericReturnType(), types);
			Arrays.stream(handler.getMethod().getParameters())
				.filter((parameter) -> parameter.isAnnotationPresent(RequestBody.class))
				.forEach((parameter) -> collect(parameter.getParameterizedType(), types));
		}
		// Written piece by piece, or inside of problems and events.
		for (String name : new String[] { "QuestionView", "AnswerView" }) {
			collect(Class.forName("dev.runnel.conversation.web.MessageView$" + name), types);
		}
		collect(FieldProblem.class, types);
		collect(BlockPatch.class, types);
		return types;
	}

	private static void collect(Type type, Map<String, Class<?>> types) {
		if (type instanceof ParameterizedType generic) {
			Arrays.stream(generic.getActualTypeArguments()).forEach((argument) -> collect(argument, types));
		}
		else if (type instanceof Class<?> body && isBody(body) && types.put(body.getSimpleName(), body) == null) {
			fields(body).values().forEach((field) -> collect(field, types));
		}
	}

	private static boolean isBody(Class<?> type) {
		return type.getPackageName().startsWith("dev.runnel") && (type.isRecord() || !getters(type).isEmpty());
	}

	/** Returns the fields of a body, by their names in JSON. */
	private static Map<String, Type> fields(Class<?> type) {
		return type.isRecord()
				? Arrays.stream(type.getRecordComponents())
					.filter((component) -> !component.getAccessor().isAnnotationPresent(JsonIgnore.class))
					.collect(Collectors.toMap(RecordComponent::getName, RecordComponent::getGenericType))
				: getters(type);
	}

	private static Map<String, Type> getters(Class<?> type) {
		return Arrays.stream(type.getDeclaredMethods())
			.filter((method) -> method.getName().matches("get[A-Z].*") && method.getParameterCount() == 0)
			.collect(Collectors.toMap((method) -> method.getName().substring(3, 4).toLowerCase(Locale.ROOT)
					+ method.getName().substring(4), Method::getGenericReturnType));
	}

	@Test
	void hasEveryFieldOfEveryBodyAndNoOther() throws Exception {
		Map<String, Class<?>> bodies = bodies();
		bodies.remove("LogEntry");
		JsonNode schemas = described.at("/components/schemas");
		Set<String> named = new TreeSet<>(schemas.propertyNames());
		named.removeAll(WITHOUT_RECORD);
		assertThat(named).isEqualTo(new TreeSet<>(bodies.keySet()));
		bodies.forEach((name, type) -> assertThat(new TreeSet<>(schemas.at("/" + name + "/properties").propertyNames()))
			.as(name)
			.isEqualTo(new TreeSet<>(fields(type).keySet())));
	}

	@Test
	void hasTheCodesAndTheFinishReasonsOfTheCode() {
		assertThat(texts("/components/schemas/Problem/properties/code/enum"))
			.containsExactlyElementsOf(Stream.of(ErrorCode.values()).map(ErrorCode::code).toList());
		assertThat(texts("/components/schemas/Problem/properties/reason/enum"))
			.containsExactlyElementsOf(Stream.of(Reason.values()).map(Reason::wireName).toList());
		assertThat(texts("/components/schemas/ChatAnswer/properties/finishReason/enum"))
			.containsExactlyElementsOf(Stream.of(FinishReason.values()).map(FinishReason::wireName).toList());
	}

	private static List<String> texts(String place) {
		return described.at(place).valueStream().filter((text) -> !text.isNull()).map(JsonNode::asString).toList();
	}

	@Test
	void everyReferenceLeadsToASchema() {
		assertThat(described.findValuesAsString("$ref")).isNotEmpty()
			.allSatisfy((reference) -> assertThat(described.at(reference.substring(1)).isMissingNode()).as(reference)
				.isFalse());
	}

	private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
		return HttpClient.newHttpClient()
			.send(request.timeout(Duration.ofSeconds(60)).build(), BodyHandlers.ofString());
	}

	@Test
	void everyExampleWorks() throws Exception {
		int sent = 0;
		for (Map.Entry<String, JsonNode> path : described.get("paths").properties()) {
			for (Map.Entry<String, JsonNode> call : path.getValue().properties()) {
				for (JsonNode example : call.getValue().at("/requestBody/content/application~1json/examples")) {
					HttpResponse<String> answer = send(HttpRequest.newBuilder(URI.create(runnel.url(path.getKey())))
						.header("Content-Type", "application/json")
						.method(call.getKey().toUpperCase(Locale.ROOT),
								BodyPublishers.ofString(example.get("value").toString())));
					assertThat(answer.statusCode()).as("%s: %s", path.getKey(), answer.body()).isBetween(200, 299);
					assertThat(call.getValue().at("/responses/" + answer.statusCode()).isObject()).isTrue();
					sent++;
				}
			}
		}
		assertThat(sent).isGreaterThan(3);
	}

	@Test
	void isServed() throws Exception {
		HttpResponse<String> served = send(HttpRequest.newBuilder(URI.create(runnel.url("/api/openapi.json"))));
		assertThat(served.statusCode()).isEqualTo(200);
		assertThat(served.headers().firstValue("Content-Type").orElse("")).startsWith("application/json");
		assertThat(JsonMapper.shared().readTree(served.body())).isEqualTo(described);
	}

}
