import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Evaluates the measurements of etc/relay-lengths, which runs it:
 *
 *     java etc/RelayLengths.java FILE
 *
 * Each line of the file has, separated by tabs, the kind of the answers, their length in chunks, the round, the server
 * (0 is the earlier one, 1 the later one), a name, and microseconds of processor time an answer. The name is "answer"
 * for the whole server, and the name of its threads otherwise.
 */
final class RelayLengths {

	private static final String WHOLE = "answer";

	/** The number of threads that are shown, those with the most time first. */
	private static final int THREADS = 8;

	public static void main(String[] arguments) throws IOException {
		try (Stream<String> lines = Files.lines(Path.of(arguments[0]))) {
			Map<Answers, List<Time>> times = lines.map(RelayLengths::time)
				.collect(Collectors.groupingBy(Time::answers, TreeMap::new, Collectors.toList()));
			times.forEach(RelayLengths::print);
		}
	}

	private static Time time(String line) {
		String[] fields = line.split("\t");
		return new Time(new Answers(fields[0], Integer.parseInt(fields[1])), Integer.parseInt(fields[2]),
				Integer.parseInt(fields[3]), fields[4], Double.parseDouble(fields[5]));
	}

	private static void print(Answers answers, List<Time> times) {
		List<Double> ratios = ratios(times);
		if (!ratios.isEmpty()) {
			System.out.printf("%s, %d chunks: %.0f / %.0f us an answer; before / after %.2f (%.2f to %.2f)%n",
					answers.kind(), answers.chunks(), median(times, 0, WHOLE), median(times, 1, WHOLE), median(ratios),
					Collections.min(ratios), Collections.max(ratios));
			threads(times).forEach((name) -> System.out.printf("    %-20s %8.0f / %.0f us%n", name,
					median(times, 0, name), median(times, 1, name)));
		}
	}

	/** Returns the ratio of each round in which both servers were measured. */
	private static List<Double> ratios(List<Time> times) {
		Map<Integer, Double> before = rounds(times, 0);
		Map<Integer, Double> after = rounds(times, 1);
		return before.keySet()
			.stream()
			.filter((round) -> after.getOrDefault(round, 0.0) > 0)
			.map((round) -> before.get(round) / after.get(round))
			.toList();
	}

	private static Map<Integer, Double> rounds(List<Time> times, int server) {
		return times.stream()
			.filter((time) -> time.server() == server && time.name().equals(WHOLE))
			.collect(Collectors.toMap(Time::round, Time::micros));
	}

	private static List<String> threads(List<Time> times) {
		return times.stream()
			.map(Time::name)
			.distinct()
			.filter((name) -> !name.equals(WHOLE))
			.sorted(Comparator.comparingDouble((String name) -> -median(times, 0, name) - median(times, 1, name)))
			.limit(THREADS)
			.toList();
	}

	private static double median(List<Time> times, int server, String name) {
		return median(times.stream()
			.filter((time) -> time.server() == server && time.name().equals(name))
			.map(Time::micros)
			.toList());
	}

	private static double median(List<Double> values) {
		List<Double> sorted = new ArrayList<>(values);
		Collections.sort(sorted);
		int half = sorted.size() / 2;
		if (sorted.isEmpty()) {
			return 0;
		}
		return (sorted.size() % 2 == 1) ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2;
	}

	/**
	 * The answers of one measurement.
	 */
	private record Answers(String kind, int chunks) implements Comparable<Answers> {

		@Override
		public int compareTo(Answers other) {
			return Comparator.comparing(Answers::kind).thenComparingInt(Answers::chunks).compare(this, other);
		}

	}

	/**
	 * The processor time of an answer.
	 */
	private record Time(Answers answers, int round, int server, String name, double micros) {
	}

}
