package dev.runnel.conversation.store;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A table in a backup, with the columns that the embedded database and PostgreSQL share.
 * A table follows the tables that its rows refer to. A new column comes last and may be
 * null, because the backups of earlier versions lack it. Running answers are part of a
 * backup with the text that they have so far: the server that starts with the restored
 * database marks them as interrupted. Sessions and links of accounts are left out: a
 * session that ended after the backup, or a link that was used after it, would work
 * again.
 */
enum BackupTable {

	CONVERSATION(BackupColumn.id("id"), BackupColumn.text("owner"), BackupColumn.text("title"),
			BackupColumn.flag("titled_by_hand"), BackupColumn.flag("pinned"), BackupColumn.time("created_at"),
			BackupColumn.time("updated_at"), BackupColumn.id("current_id"), BackupColumn.text("settings"),
			BackupColumn.number("next_position"), BackupColumn.number("bytes"), BackupColumn.text("origin")),

	MESSAGE(BackupColumn.id("id"), BackupColumn.id("conversation_id"), BackupColumn.text("owner"),
			BackupColumn.id("parent_id"), BackupColumn.number("position"), BackupColumn.number("depth"),
			BackupColumn.text("role"), BackupColumn.text("content"), BackupColumn.time("created_at"),
			BackupColumn.text("state"), BackupColumn.text("reasoning"), BackupColumn.text("source"),
			BackupColumn.text("model"), BackupColumn.text("provider"), BackupColumn.text("finish_reason"),
			BackupColumn.number("prompt_tokens"), BackupColumn.number("completion_tokens"),
			BackupColumn.number("reasoning_tokens"), BackupColumn.number("cached_tokens"), BackupColumn.decimal("cost"),
			BackupColumn.number("first_token_ms"), BackupColumn.number("thinking_ms"), BackupColumn.number("total_ms"),
			BackupColumn.text("citations"), BackupColumn.text("attachments"), BackupColumn.text("fallback")),

	RUNNING_ANSWER(BackupColumn.id("message_id"), BackupColumn.id("conversation_id"), BackupColumn.id("server_id")),

	ANSWER_PART(BackupColumn.id("message_id"), BackupColumn.number("number"), BackupColumn.text("content"),
			BackupColumn.text("reasoning")),

	PRESET(BackupColumn.id("id"), BackupColumn.text("owner"), BackupColumn.text("name"), BackupColumn.text("settings")),

	VISITOR(BackupColumn.text("id"), BackupColumn.time("seen_at")),

	ACCOUNT(BackupColumn.id("id"), BackupColumn.text("name"), BackupColumn.text("login"), BackupColumn.text("password"),
			BackupColumn.text("role"), BackupColumn.flag("disabled"), BackupColumn.time("created_at")),

	ACCOUNT_IDENTITY(BackupColumn.text("issuer"), BackupColumn.text("subject"), BackupColumn.id("account_id")),

	ACCESS_KEY(BackupColumn.id("id"), BackupColumn.text("token_hash"), BackupColumn.id("account_id"),
			BackupColumn.text("name"), BackupColumn.text("scopes"), BackupColumn.time("created_at"),
			BackupColumn.time("used_at"), BackupColumn.time("expires_at")),

	ATTACHMENT_CONTENT(BackupColumn.id("id"), BackupColumn.text("hash"), BackupColumn.number("size")),

	ATTACHMENT(BackupColumn.id("id"), BackupColumn.text("owner"), BackupColumn.id("content_id"),
			BackupColumn.text("name"), BackupColumn.text("type"), BackupColumn.number("size"),
			BackupColumn.number("pages"), BackupColumn.number("width"), BackupColumn.number("height"),
			BackupColumn.text("text"), BackupColumn.number("tokens"), BackupColumn.number("bytes"),
			BackupColumn.time("created_at"), BackupColumn.flag("asked")),

	MESSAGE_ATTACHMENT(BackupColumn.id("message_id"), BackupColumn.id("attachment_id"),
			BackupColumn.id("conversation_id")),

	EXPENSE(BackupColumn.id("id"), BackupColumn.text("owner"), BackupColumn.text("model"), BackupColumn.day("spent_on"),
			BackupColumn.time("spent_at"), BackupColumn.number("prompt_tokens"),
			BackupColumn.number("completion_tokens"), BackupColumn.decimal("cost"), BackupColumn.text("basis")),

	BUDGET(BackupColumn.text("owner"), BackupColumn.decimal("per_day"), BackupColumn.decimal("per_month")),

	AUDIT_EVENT(BackupColumn.id("id"), BackupColumn.time("happened_at"), BackupColumn.text("action"),
			BackupColumn.text("actor"), BackupColumn.text("subject"), BackupColumn.text("detail"),
			BackupColumn.id("account_id"), BackupColumn.text("address"), BackupColumn.text("device"));

	private final List<BackupColumn> columns;

	BackupTable(BackupColumn... columns) {
		this.columns = List.of(columns);
	}

	List<BackupColumn> columns() {
		return this.columns;
	}

	/**
	 * Returns the name of the table.
	 * @return the name in the database
	 */
	String table() {
		return name().toLowerCase(Locale.ROOT);
	}

	/**
	 * Returns the name of the table's file in a backup.
	 * @return the name of the zip entry
	 */
	String file() {
		return table() + ".jsonl";
	}

	String select() {
		return "select " + names() + " from " + table();
	}

	String insert() {
		return "insert into " + table() + " (" + names() + ") values ("
				+ String.join(", ", Collections.nCopies(this.columns.size(), "?")) + ")";
	}

	private String names() {
		return this.columns.stream().map(BackupColumn::name).collect(Collectors.joining(", "));
	}

}
