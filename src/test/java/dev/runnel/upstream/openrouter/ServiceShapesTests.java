package dev.runnel.upstream.openrouter;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.runnel.upstream.Model;
import dev.runnel.upstream.Script;
import dev.runnel.upstream.ScriptedUpstream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The shapes of events that each service sends, and the result of each. The shapes follow
 * the documents and the issues of the services; the values are invented.
 * {@code docs/services.md} has a row for each service.
 */
@Timeout(60)
class ServiceShapesTests {

	private static final String SHORT_MODEL = "This model's maximum context length is 4096 tokens. However, your"
			+ " messages resulted in 5000 tokens. Please reduce the length of the messages.";

	static Stream<Shape> shapes() {
		return Stream.of(openRouter(), local(), hosted(), gateways()).flatMap(List::stream);
	}

	private static List<Shape> openRouter() {
		return List.of(new Shape("OpenRouter", "an answer", Script.hello(), "Hello||stop"),
				new Shape("OpenRouter", "comments, reasoning twice, usage thrice",
						Script.stream()
							.comment()
							.reasoning("Hm")
							.text("Hi")
							.usage()
							.finish("stop")
							.usage()
							.usage()
							.done()
							.end(),
						"Hi|Hm|stop"),
				new Shape("OpenRouter", "no [DONE]", Script.stream().text("Hi").finish("stop").end(), "Hi||stop"),
				new Shape("OpenRouter", "only [DONE]", Script.stream().text("Hi").done().end(), "Hi||stop"),
				new Shape("OpenRouter", "no end", Script.stream().text("Hi").end(), "Hi||INTERRUPTED"),
				new Shape("OpenRouter", "text beside the finish reason",
						stream("{'choices':[{'delta':{'content':'Hi'},'finish_reason':'stop'}]}"), "Hi||stop"),
				new Shape("OpenRouter", "an error in the answer", stream("{'choices':[{'delta':{'content':'Hi'}}]}",
						"{'error':{'code':502,'message':'Provider disconnected','metadata':{'error_type':"
								+ "'provider_unavailable'}},'choices':[{'delta':{'content':''},'finish_reason':'error'}]}"),
						"Hi||INTERRUPTED"),
				new Shape("OpenRouter", "an error in a choice",
						stream("{'choices':[{'error':{'code':429,'message':'slow down'},'delta':{}}]}"),
						"||RATE_LIMITED"),
				new Shape("OpenRouter", "nothing but stop", Script.stream().finish("stop").done().end(),
						"||INVALID_RESPONSE"),
				new Shape("OpenRouter", "all tokens spent on reasoning",
						Script.stream().reasoning("Hm").finish("length").done().end(), "|Hm|length"),
				new Shape("OpenRouter", "no credits", Script.error(402, "payment_required"), "||CREDITS"),
				new Shape("OpenRouter", "no endpoint", Script.error(404, "not_found"), "||MODEL_UNAVAILABLE"));
	}

	private static List<Shape> local() {
		return List.of(new Shape("Ollama", "reasoning in a field",
				stream("{'choices':[{'index':0,'delta':{'role':'assistant','content':'','reasoning':'Hm'}}]}",
						"{'choices':[{'index':0,'delta':{'role':'assistant','content':'Hi'},'finish_reason':'stop'}]}"),
				"Hi|Hm|stop"),
				new Shape("Ollama", "a thought in the text", says("<think>\n", "Hm", "</think>\n\n", "Hi"),
						"Hi|Hm|stop"),
				new Shape("Ollama", "a model that is not pulled", error(404,
						"{'error':{'message':'model \\'m\\' not found, try pulling it first','type':'api_error',"
								+ "'param':null,'code':null}}"),
						"||MODEL_UNAVAILABLE"),
				new Shape("Ollama", "the same, as a text",
						error(404, "{'error':'model not found, try pulling it first'}"), "||MODEL_UNAVAILABLE"),
				new Shape("Ollama", "too little memory",
						error(500, "{'error':{'message':'model requires more system memory','type':'api_error'}}"),
						"||ERROR"),
				new Shape("llama.cpp", "reasoning_content and timings", stream(
						"{'choices':[{'index':0,'delta':{'role':'assistant','content':null}}]}",
						"{'choices':[{'index':0,'delta':{'reasoning_content':'Hm'}}]}",
						"{'choices':[{'index':0,'delta':{'content':'Hi'}}]}",
						"{'choices':[{'index':0,'delta':{},'finish_reason':'length'}],'timings':{'predicted_n':2}}"),
						"Hi|Hm|length"),
				new Shape("llama.cpp", "an error as a field of the stream",
						Script.stream()
							.text("Hi")
							.body("error: {\"code\":500,\"message\":\"Compute error.\",\"type\":\"server_error\"}\n\n")
							.done()
							.end(),
						"Hi||ERROR"),
				new Shape("llama.cpp", "a context that is too small",
						error(400,
								"{'error':{'code':400,'message':'the request exceeds the available context size',"
										+ "'type':'exceed_context_size_error','n_prompt_tokens':5000,'n_ctx':4096}}"),
						"||CONTEXT_TOO_LONG"),
				new Shape("llama.cpp", "a model that loads",
						error(503, "{'error':{'code':503,'message':'Loading model','type':'unavailable_error'}}"),
						"||UNAVAILABLE"),
				new Shape("vLLM", "only a closing tag", says("Hm", ".", "</think>", "\n\n", "Hi"), "Hi|Hm.|stop"),
				new Shape("vLLM", "the channels of gpt-oss",
						says("<|channel|>analysis<|message|>Hm<|end|>",
								"<|start|>assistant<|channel|>final<|message|>Hi"),
						"Hi|Hm|stop"),
				new Shape("vLLM", "a context that is too small",
						error(400,
								"{'object':'error','message':'" + SHORT_MODEL.replace("'", "\\'")
										+ "','type':'BadRequestError','param':null,'code':400}"),
						"||CONTEXT_TOO_LONG"),
				new Shape("vLLM", "an unknown model",
						error(404,
								"{'object':'error','message':'The model m does not exist.','type':'NotFoundError',"
										+ "'param':null,'code':404}"),
						"||MODEL_UNAVAILABLE"),
				new Shape("LM Studio", "a thought in the text", says("<think>Hm</think>Hi"), "Hi|Hm|stop"),
				new Shape("LM Studio", "an event of the name error",
						Script.stream()
							.body("event: error\ndata: {\"error\":{\"message\":\"The model has crashed\"}}\n\n")
							.end(),
						"||ERROR"),
				new Shape("LM Studio", "no model is loaded",
						error(400, "{'error':'No models loaded. Please load a model in the developer page.'}"),
						"||MODEL_UNAVAILABLE"));
	}

	private static List<Shape> hosted() {
		return List.of(
				new Shape("Mistral", "content as parts",
						stream("{'choices':[{'index':0,'delta':{'content':[{'type':'thinking','thinking':"
								+ "[{'type':'text','text':'Hm'}]}]}}]}",
								"{'choices':[{'index':0,'delta':{'content':[{'type':'text','text':'Hi'}]},"
										+ "'finish_reason':'model_length'}]}"),
						"Hi|Hm|length"),
				new Shape("Mistral", "no key", error(401, "{'detail':'Unauthorized'}"), "||UNAUTHORIZED"),
				new Shape("Mistral", "too much at once",
						error(429,
								"{'object':'error','message':'Service tier capacity exceeded for this model.',"
										+ "'type':'service_tier_capacity_exceeded','param':null,'code':'3505'}"),
						"||RATE_LIMITED"),
				new Shape("Azure", "a first event about the filter", stream(
						"{'choices':[],'prompt_filter_results':[{'prompt_index':0,'content_filter_results':{}}]}",
						"{'choices':[{'index':0,'delta':{'content':'Hi'},'content_filter_results':{}}]}",
						"{'choices':[{'index':0,'delta':{},'finish_reason':'content_filter'}]}"), "Hi||content_filter"),
				new Shape("Azure", "a filtered question",
						error(400, "{'error':{'message':'The response was filtered','type':null,'param':'prompt',"
								+ "'code':'content_filter','status':400,'innererror':{'code':'ResponsibleAIPolicyViolation'}}}"),
						"||MODERATION"),
				new Shape("Azure", "no deployment",
						error(404,
								"{'error':{'code':'DeploymentNotFound','message':'The deployment does not exist.'}}"),
						"||MODEL_UNAVAILABLE"),
				new Shape("Groq", "usage in a field of its own",
						stream("{'choices':[{'index':0,'delta':{'content':'Hi'}}],'x_groq':{'id':'r'}}",
								"{'choices':[{'index':0,'delta':{},'finish_reason':'stop'}],'x_groq':{'usage':{}}}"),
						"Hi||stop"),
				new Shape("Groq", "raw reasoning", says("<think>", "Hm", "</think>", "Hi"), "Hi|Hm|stop"),
				new Shape("Groq", "too many tokens in a minute",
						error(413,
								"{'error':{'message':'Request too large: tokens per minute','type':'tokens',"
										+ "'code':'rate_limit_exceeded'}}"),
						"||RATE_LIMITED"),
				new Shape("DeepSeek", "reasoning_content behind keep-alives",
						Script.stream()
							.body(": keep-alive\n\n")
							.data(json("{'choices':[{'index':0,'delta':{'content':null,'reasoning_content':'Hm'}}]}"))
							.data(json("{'choices':[{'index':0,'delta':{'content':'Hi','reasoning_content':null},"
									+ "'finish_reason':'stop'}]}"))
							.done()
							.end(),
						"Hi|Hm|stop"),
				new Shape("DeepSeek", "an overloaded server",
						stream("{'choices':[{'delta':{'content':'Hi'}}]}",
								"{'choices':[{'delta':{},'finish_reason':'insufficient_system_resource'}]}"),
						"Hi||ERROR"),
				new Shape("DeepSeek", "no balance",
						error(402,
								"{'error':{'message':'Insufficient Balance','type':'unknown_error','param':null,"
										+ "'code':'invalid_request_error'}}"),
						"||CREDITS"),
				new Shape("Gemini", "thoughts in the text", says("<thought>Hm</thought>", "Hi"), "Hi|Hm|stop"),
				new Shape("Gemini", "a reason in capitals",
						stream("{'choices':[{'delta':{'content':'Hi'},'finish_reason':'MAX_TOKENS'}]}"), "Hi||length"),
				new Shape("Gemini", "an error in a list",
						error(400,
								"[{'error':{'code':400,'message':'API key not valid. Please pass a valid API key.',"
										+ "'status':'INVALID_ARGUMENT'}}]"),
						"||UNAUTHORIZED"),
				new Shape("Together", "a reason of its own",
						stream("{'choices':[{'index':0,'text':'Hi','delta':{'content':'Hi'},'finish_reason':'eos'}]}"),
						"Hi||stop"),
				new Shape("Together", "a thought in the text", says("<think>\n\n</think>\n\n", "Hi"), "Hi||stop"),
				new Shape("GitHub Models", "the service has ended",
						error(410, "{'error':{'code':'github_models_retirement_brownout','message':'unavailable'}}"),
						"||MODEL_UNAVAILABLE"));
	}

	private static List<Shape> gateways() {
		return List.of(
				new Shape("LiteLLM", "an error in place of an answer", stream(
						"{'error':{'message':'litellm.APIConnectionError','type':null,'param':null,'code':'500'}}"),
						"||ERROR"),
				new Shape("LiteLLM", "no key",
						error(401,
								"{'error':{'message':'Authentication Error','type':'auth_error','param':'None',"
										+ "'code':'401'}}"),
						"||UNAUTHORIZED"),
				new Shape("Portkey", "an answer of Anthropic", stream(
						"{'id':'anthropic-1','model':'m','provider':'anthropic','choices':[{'delta':{},'index':0,'logprobs':null,"
								+ "'finish_reason':null}]}",
						"{'choices':[{'delta':{'content':'Hi','content_blocks':[{'index':1,'delta':{'text':'Hi'}}]},'index':0}]}",
						"{'choices':[{'index':0,'delta':{},'finish_reason':'end_turn'}]}"), "Hi||stop"),
				new Shape("Portkey", "an error as a finish reason",
						stream("{'choices':[{'delta':{'content':'Hi'},'index':0,'finish_reason':null}]}",
								"{'model':'','provider':'anthropic','choices':[{'finish_reason':'overloaded_error',"
										+ "'delta':{'content':''}}]}"),
						"Hi||ERROR"),
				new Shape("Portkey", "a stream that broke off behind it", Script.stream().text("Hi").end(),
						"Hi||INTERRUPTED"),
				new Shape("Portkey", "an error of its own",
						error(400, "{'status':'failure','message':'Either x-portkey-config or x-portkey-provider header"
								+ " is required'}"),
						"||REFUSED"));
	}

	static Stream<Listing> lists() {
		return Stream.of(
				new Listing("OpenRouter",
						"{'data':[{'id':'a/b:free','name':'A: B','context_length':8192,'architecture':"
								+ "{'output_modalities':['text']}}]}",
						"a/b:free=A: B@8192"),
				new Listing("Ollama",
						"{'object':'list','data':[{'id':'llama3.2:latest','owned_by':'library'},"
								+ "{'id':'nomic-embed-text:latest'}]}",
						"llama3.2:latest=llama3.2:latest@null"),
				new Listing("llama.cpp",
						"{'models':[{'name':'x'}],'data':[{'id':'../models/q 4.gguf','meta':"
								+ "{'n_ctx_train':32768}}]}",
						"../models/q 4.gguf=q 4.gguf@32768"),
				new Listing("vLLM", "{'data':[{'id':'/data/models/Qwen2.5-7B-Instruct','max_model_len':32768}]}",
						"/data/models/Qwen2.5-7B-Instruct=Qwen2.5-7B-Instruct@32768"),
				new Listing("LM Studio",
						"{'data':[{'id':'a','type':'embeddings','max_context_length':512},"
								+ "{'id':'b','type':'vlm','max_context_length':32768,'loaded_context_length':4096}]}",
						"b=b@4096"),
				new Listing("Mistral",
						"{'data':[{'id':'m','name':null,'max_context_length':32000,'capabilities':"
								+ "{'completion_chat':true}},{'id':'o','capabilities':{'completion_chat':false}}]}",
						"m=m@32000"),
				new Listing("Groq",
						"{'data':[{'id':'whisper-large-v3','context_window':448},{'id':'g','context_window':8192}]}",
						"g=g@8192"),
				new Listing("Gemini",
						"{'data':[{'id':'models/gemini-2.5-flash','object':'model'},"
								+ "{'id':'models/gemini-embedding-001'}]}",
						"models/gemini-2.5-flash=gemini-2.5-flash@null"),
				new Listing("Together",
						"[{'id':'t/i','type':'image'},{'id':'t/c','type':'chat','display_name':'C (7B)',"
								+ "'context_length':2048}]",
						"t/c=C (7B)@2048"),
				new Listing("GitHub Models", "[{'id':'openai/gpt','name':'GPT','limits':{'max_input_tokens':9},"
						+ "'supported_output_modalities':['text']}]", "openai/gpt=GPT@9"));
	}

	@ParameterizedTest
	@MethodSource("shapes")
	void whatAServiceSendsHasItsOutcome(Shape shape) {
		try (ScriptedUpstream upstream = ScriptedUpstream.start(shape.script());
				TestModel model = TestModel.of(upstream)) {
			Answer answer = model.ask();
			String end = (answer.failure() != null) ? answer.failure().name() : answer.finished().reason().wireName();
			assertThat(answer.text() + "|" + answer.reasoning() + "|" + end).isEqualTo(shape.outcome());
		}
	}

	@ParameterizedTest
	@MethodSource("lists")
	void whatAServiceListsIsOffered(Listing listing) {
		List<Model> models = ModelListReader.read(json(listing.json()).getBytes(StandardCharsets.UTF_8), false);
		assertThat(models.stream()
			.map((model) -> model.id() + "=" + model.name() + "@" + model.contextLength())
			.collect(Collectors.joining(" "))).isEqualTo(listing.models());
	}

	@Test
	void theDocumentHasARowForEachService() throws IOException {
		String document = Files.readString(Path.of("docs", "services.md"));
		assertThat(shapes().map(Shape::service).distinct()).allMatch((service) -> document.contains("\n| " + service));
	}

	private static Script says(String... deltas) {
		Script script = Script.stream();
		Stream.of(deltas).forEach(script::text);
		return script.finish("stop").done().end();
	}

	private static Script stream(String... events) {
		Script script = Script.stream();
		Stream.of(events).map(ServiceShapesTests::json).forEach(script::data);
		return script.done().end();
	}

	private static Script error(int status, String body) {
		return Script.answer(status, "application/json", json(body));
	}

	/** JSON, written with single quotes. */
	private static String json(String text) {
		return text.replace("\\'", "\u0000").replace('\'', '"').replace('\u0000', '\'');
	}

	/**
	 * An answer of a service.
	 *
	 * @param service the service
	 * @param kind what is special about it
	 * @param script the response
	 * @param outcome text, reasoning, and the finish reason or the kind of the failure
	 */
	record Shape(String service, String kind, Script script, String outcome) {

		@Override
		public String toString() {
			return this.service + ": " + this.kind;
		}

	}

	/**
	 * A list of models.
	 *
	 * @param service the service
	 * @param json the response
	 * @param models id, name and context length of the models offered
	 */
	record Listing(String service, String json, String models) {

		@Override
		public String toString() {
			return this.service;
		}

	}

}
