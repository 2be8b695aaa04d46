-- The size of a conversation: its text in bytes, and an estimate for each of its rows.

alter table conversation add column bytes bigint default 512 not null;

update conversation set bytes = 512 + coalesce(octet_length(settings), 0)
	+ (select coalesce(sum(256 + octet_length(m.content) + coalesce(octet_length(m.reasoning), 0)), 0)
		from message m where m.conversation_id = conversation.id);
