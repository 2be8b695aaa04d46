package dev.runnel.chat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import dev.runnel.conversation.Answer;
import dev.runnel.conversation.AnswerDelta;
import dev.runnel.conversation.ConversationId;
import dev.runnel.conversation.ConversationSettings;
import dev.runnel.conversation.MessageId;
import dev.runnel.conversation.Turn;
import dev.runnel.models.Models;
import dev.runnel.upstream.Answers;
import dev.runnel.upstream.Model;
import dev.runnel.upstream.ModelEvent;
import dev.runnel.upstream.ModelRoute;
import dev.runnel.upstream.Origin;
import dev.runnel.upstream.Prompt;
import dev.runnel.upstream.Source;
import dev.runnel.upstream.UpstreamFailure;
import dev.runnel.web.Visitor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the routes of the prompts of {@link TurnContext}, and for its plans.
 */
class TurnContextTests {

	private static final Model SEARCHING = new Model("a/b", "A", null, null, null, List.of("text"), false, true,
			"0.01");

	private static final ModelRoute ROUTE = new ModelRoute("a/b", "OpenRouter", "a/b");

	private static final ModelRoute OTHER = new ModelRoute("c", "local", "c");

	private static final ChatSettings SETTINGS = new ChatSettings(32000, 1024, Duration.ofSeconds(10), 1000, null, null,
			Duration.ZERO);

	private final Models models = new TwoModels();

	private static ConversationSettings searching(Boolean wanted) {
		return new ConversationSettings(null, null, null, null, null, null, wanted);
	}

	private List<ModelRoute> routes(ConversationSettings asked) {
		Turn turn = new Turn(new Visitor("ann"), new ConversationId(UUID.randomUUID()),
				new MessageId(UUID.randomUUID()), "q", new MessageId(UUID.randomUUID()), List.of(), 0,
				ConversationSettings.NONE, false, Origin.model("a/b"), null);
		// Only the plan of a turn needs the answers.
		return new TurnContext(SETTINGS, this.models, null).prompt(this.models, turn, asked).routes();
	}

	@Test
	void aModelSearchesTheWebWhereThatIsWantedAndOffered() {
		assertThat(routes(searching(true))).containsExactly(ROUTE.searching(), OTHER);
	}

	@Test
	void noModelSearchesUnasked() {
		assertThat(routes(searching(false))).containsExactly(ROUTE, OTHER);
		assertThat(routes(searching(null))).containsExactly(ROUTE, OTHER);
	}

	@Test
	void theMockGoesOnForTheReasonForWhichItBegan() {
		Answers mock = new Answers() {

			@Override
			public Origin origin(String model, @Nullable Source continued) {
				return (continued == Source.MOCK) ? Origin.MOCK : Origin.model(model);
			}

			@Override
			public Flux<ModelEvent> stream(Prompt prompt, Source source) {
				return Flux.empty();
			}

			@Override
			public Flux<ModelEvent> streamOrFallBack(Prompt prompt, Source source, Mono<Void> beforeMock) {
				return Flux.empty();
			}

		};
		TurnContext context = new TurnContext(SETTINGS, this.models, mock);
		ChatRequest more = ChatRequest.toContinue(UUID.randomUUID());
		Origin origin = Origin.mock(UpstreamFailure.Kind.CREDITS);
		Answer written = Answer.begun(origin).followedBy(List.of(new AnswerDelta("so far", "")));
		assertThat(context.plan(this.models, more, ConversationSettings.NONE, 1, written).origin()).isEqualTo(origin);
	}

	/** A model that can search, and one in its place that cannot. */
	private static final class TwoModels implements Models {

		@Override
		public Optional<Model> find(String id) {
			return id.equals("a/b") ? Optional.of(SEARCHING) : Optional.of(Model.of(id));
		}

		@Override
		public String defaultModel() {
			return "a/b";
		}

		@Override
		public Mono<Void> ready() {
			return Mono.empty();
		}

		@Override
		public boolean offered(String id) {
			return true;
		}

		@Override
		public boolean allowed(String id) {
			return true;
		}

		@Override
		public List<ModelRoute> routes(String id) {
			return List.of(ROUTE, OTHER);
		}

	}

}
