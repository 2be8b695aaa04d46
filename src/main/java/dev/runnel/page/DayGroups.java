package dev.runnel.page;

import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.runnel.conversation.ConversationHead;
import dev.runnel.page.SideBar.Entry;
import dev.runnel.page.SideBar.Group;

/**
 * Groups conversations by the day of their last question: today, yesterday, the days of
 * the week before, then the months. The page's script does the same in {@code clock.js}.
 */
final class DayGroups {

	private static final int DAYS_OF_A_WEEK = 7;

	private final ReaderClock clock;

	private final LocalDate today;

	DayGroups(ReaderClock clock, LocalDate today) {
		this.clock = clock;
		this.today = today;
	}

	/**
	 * Groups conversations.
	 * @param conversations the conversations, last updated first
	 * @return the groups in that order, none of them empty
	 */
	List<Group> of(List<ConversationHead> conversations) {
		Map<String, Group> groups = new LinkedHashMap<>();
		for (ConversationHead head : conversations) {
			Group group = empty(this.clock.day(head.updatedAt()));
			groups.computeIfAbsent(group.key(), (key) -> group).entries().add(entry(head));
		}
		return List.copyOf(groups.values());
	}

	static Entry entry(ConversationHead head) {
		return new Entry(head.id().toString(), head.title(), head.pinned(), head.updatedAt().toString(), List.of(),
				null);
	}

	private Group empty(LocalDate day) {
		long ago = ChronoUnit.DAYS.between(day, this.today);
		if (ago > DAYS_OF_A_WEEK) {
			YearMonth month = YearMonth.from(day);
			return new Group(month.toString(), null, this.clock.month(month), new ArrayList<>());
		}
		String key = recent(ago);
		return new Group(key, "sidebar." + key, "", new ArrayList<>());
	}

	private static String recent(long daysAgo) {
		if (daysAgo <= 0) {
			return "today";
		}
		return (daysAgo == 1) ? "yesterday" : "week";
	}

}
