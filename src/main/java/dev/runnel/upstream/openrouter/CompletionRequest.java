package dev.runnel.upstream.openrouter;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.runnel.upstream.ModelRoute;
import dev.runnel.upstream.Prompt;
import dev.runnel.upstream.Prompt.Sampling;
import dev.runnel.upstream.ReasoningEffort;
import dev.runnel.upstream.Role;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * The body of a chat completion request. Null fields are not sent. Only OpenRouter gets
 * the fields that it alone defines, because some other servers refuse unknown fields.
 *
 * @param model the id of the model to ask
 * @param stream whether to send the answer as an event stream
 * @param messages the conversation
 * @param maxTokens the most tokens to write
 * @param maxCompletionTokens the same limit, under the name that newer OpenAI models
 * require
 * @param temperature 0 to 2
 * @param topP above 0, at most 1
 * @param reasoningEffort how hard to think; for other servers
 * @param reasoning how hard to think; for OpenRouter
 * @param models models to try if the one asked fails; OpenRouter only
 * @param user a hash that stands for the visitor; OpenRouter only
 * @param sessionId an id that keeps a conversation with one provider; OpenRouter only
 * @param streamOptions asks other servers to report the usage, which OpenRouter always
 * reports
 * @param tools the search of the web; OpenRouter only
 * @param maxToolCalls the maximum number of searches; OpenRouter only
 * @param modalities the kinds of output; only for a model that says that it draws
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonNaming(SnakeCaseStrategy.class)
record CompletionRequest(String model, boolean stream, List<Message> messages, @Nullable Integer maxTokens,
		@Nullable Integer maxCompletionTokens, @Nullable Double temperature, @Nullable Double topP,
		@Nullable String reasoningEffort, @Nullable Reasoning reasoning, @Nullable List<String> models,
		@Nullable String user, @Nullable String sessionId, @Nullable StreamOptions streamOptions,
		@Nullable List<ServerTool> tools, @Nullable Integer maxToolCalls, @Nullable List<String> modalities) {

	private static final List<String> TEXT_AND_PICTURES = List.of("image", "text");

	private static final int MAX_SESSION_CHARS = 256;

	/**
	 * Creates the request for a prompt.
	 * @param prompt the prompt to answer
	 * @param settings the settings of the service
	 * @param dialect the fields that the model accepts
	 * @return the request
	 */
	static CompletionRequest of(Prompt prompt, OpenRouterSettings settings, ModelDialect dialect) {
		Sampling sampling = prompt.sampling();
		boolean openRouter = settings.isOpenRouter();
		String effort = effort(sampling.reasoningEffort());
		int maxTokens = maxTokens(sampling, settings);
		boolean searches = openRouter && prompt.routes().stream().anyMatch(ModelRoute::searches);
		return new CompletionRequest(model(prompt, settings), true, messages(prompt),
				dialect.take(Field.MAX_TOKENS, maxTokens), dialect.take(Field.MAX_COMPLETION_TOKENS, maxTokens),
				dialect.take(Field.TEMPERATURE, sampling.temperature()), dialect.take(Field.TOP_P, sampling.topP()),
				openRouter ? null : dialect.take(Field.REASONING_EFFORT, effort),
				(openRouter && effort != null) ? new Reasoning(effort) : null, openRouter ? others(prompt) : null,
				openRouter ? prompt.user() : null, openRouter ? session(prompt) : null,
				openRouter ? null : dialect.take(Field.STREAM_OPTIONS, new StreamOptions(true)),
				searches ? List.of(ServerTool.webSearch(settings.maxSearches())) : null,
				searches ? settings.maxSearches() : null,
				prompt.routes().stream().anyMatch(ModelRoute::draws) ? TEXT_AND_PICTURES : null);
	}

	/** The id of the model to ask. */
	static String model(Prompt prompt, OpenRouterSettings settings) {
		String otherwise = (settings.model() != null) ? settings.model() : OpenRouterSettings.DEFAULT_MODEL;
		return (prompt.model() != null) ? prompt.model() : otherwise;
	}

	/**
	 * Joins consecutive user messages into one. Many chat templates, and some services,
	 * refuse a conversation whose roles do not alternate.
	 */
	private static List<Message> messages(Prompt prompt) {
		List<Prompt.Message> messages = new ArrayList<>();
		for (Prompt.Message next : prompt.messages()) {
			int last = messages.size() - 1;
			boolean joins = next.role() == Role.USER && last >= 0 && messages.get(last).role() == Role.USER;
			if (joins) {
				messages.set(last, join(messages.get(last), next));
			}
			else {
				messages.add(next);
			}
		}
		return messages.stream().map(Message::of).toList();
	}

	private static Prompt.Message join(Prompt.Message one, Prompt.Message next) {
		return new Prompt.Message(one.role(), one.content() + "\n\n" + next.content(),
				Stream.concat(one.attachments().stream(), next.attachments().stream()).toList());
	}

	private static int maxTokens(Sampling sampling, OpenRouterSettings settings) {
		int limit = Math.max(settings.maxTokens(), settings.maxTokensLimit());
		return (sampling.maxTokens() != null) ? Math.min(sampling.maxTokens(), limit) : settings.maxTokens();
	}

	private static @Nullable String effort(@Nullable ReasoningEffort effort) {
		return (effort != null) ? effort.wireName() : null;
	}

	/** The models to try if the asked one fails. */
	private static @Nullable List<String> others(Prompt prompt) {
		List<String> others = prompt.routes().stream().flatMap((route) -> route.others().stream()).toList();
		return others.isEmpty() ? null : others;
	}

	private static @Nullable String session(Prompt prompt) {
		String session = prompt.session();
		return (session != null && session.length() <= MAX_SESSION_CHARS) ? session : null;
	}

	/**
	 * One message of the conversation.
	 *
	 * @param role the speaker
	 * @param content Markdown, or Markdown and files
	 */
	record Message(String role, MessageContent content) {

		private static Message of(Prompt.Message message) {
			return new Message(message.role().wireName(), MessageContent.of(message));
		}

	}

	/**
	 * The reasoning parameters of OpenRouter.
	 *
	 * @param effort how hard to think
	 */
	record Reasoning(String effort) {
	}

	/**
	 * The stream options of other servers.
	 *
	 * @param includeUsage whether to report the usage
	 */
	@JsonNaming(SnakeCaseStrategy.class)
	record StreamOptions(boolean includeUsage) {
	}

	/**
	 * A tool that OpenRouter runs itself when the model calls it.
	 *
	 * @param type its name
	 * @param parameters its limits
	 */
	record ServerTool(String type, Limits parameters) {

		private static ServerTool webSearch(int searches) {
			return new ServerTool("openrouter:web_search", new Limits(searches));
		}

		/**
		 * The limits of a tool.
		 *
		 * @param maxUses the maximum number of calls
		 */
		@JsonNaming(SnakeCaseStrategy.class)
		record Limits(int maxUses) {
		}

	}

	/**
	 * A field that some services refuse and that a request can omit.
	 */
	enum Field {

		/** Newer OpenAI models require {@link #MAX_COMPLETION_TOKENS} instead. */
		MAX_TOKENS("max_tokens"),

		/** Most other services know only {@link #MAX_TOKENS}. */
		MAX_COMPLETION_TOKENS("max_completion_tokens"),

		/** Reasoning models accept only one temperature. */
		TEMPERATURE("temperature"),

		/** Reasoning models accept only one value here too. */
		TOP_P("top_p"),

		/** Models without reasoning refuse it. */
		REASONING_EFFORT("reasoning_effort"),

		/** Mistral refuses it. */
		STREAM_OPTIONS("stream_options");

		private final String wireName;

		Field(String wireName) {
			this.wireName = wireName;
		}

		String wireName() {
			return this.wireName;
		}

		/** Finds a field by its name; null if there is none. */
		static @Nullable Field of(@Nullable String wireName) {
			return Stream.of(values()).filter((field) -> field.wireName.equals(wireName)).findFirst().orElse(null);
		}

	}

}
