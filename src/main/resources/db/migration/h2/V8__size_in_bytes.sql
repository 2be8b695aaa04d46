-- The size of a conversation is counted in bytes. V6 counted the characters of stored text.

update conversation set bytes = 512 + coalesce(octet_length(settings), 0)
	+ (select coalesce(sum(256 + octet_length(m.content) + coalesce(octet_length(m.reasoning), 0)), 0)
		from message m where m.conversation_id = conversation.id);
