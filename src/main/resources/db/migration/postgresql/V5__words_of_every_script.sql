-- The words of texts are read by the server, in the same way for every database, and stored
-- a moment after the text. Where they are null the server has yet to read them.

drop index message_words;
drop index conversation_words;
alter table message drop column words;
alter table conversation drop column words;
drop function search_words(text, text);

alter table message add column words tsvector;
alter table conversation add column words tsvector;

create index message_words on message using gin (words);
create index conversation_words on conversation using gin (words);

create index message_unread on message (id) where words is null and (state is null or state <> 'STREAMING');
create index conversation_unread on conversation (id) where words is null;

create function forget_words() returns trigger language plpgsql as $$
begin
	new.words := null;
	return new;
end $$;

create trigger message_changed before update of content on message
	for each row when (old.content is distinct from new.content) execute function forget_words();

create trigger conversation_renamed before update of title on conversation
	for each row when (old.title is distinct from new.title) execute function forget_words();
