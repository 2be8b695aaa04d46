-- Conversations in PostgreSQL.

-- The words of a text as the search sees them: runs of letters and digits. What is beyond
-- 200,000 characters is not searched, since a tsvector has at most one megabyte. The owner
-- is a word of its own, so that the index finds no other's texts.
create function search_words(owner text, content text) returns tsvector
	language sql immutable parallel safe
	return array_to_tsvector(array['/' || owner])
		|| to_tsvector('simple', regexp_replace(left(content, 200000), '[^[:alnum:]]+', ' ', 'g'));

create table conversation (
	id uuid primary key,
	owner varchar(200) not null,
	title varchar(400) not null,
	titled_by_hand boolean not null,
	pinned boolean not null,
	created_at timestamptz(3) not null,
	updated_at timestamptz(3) not null,
	-- The newest message of the branch that is shown.
	current_id uuid,
	-- ConversationSettings as JSON; null for none.
	settings text,
	-- The position of the next message.
	next_position integer not null,
	words tsvector generated always as (search_words(owner, title)) stored
);

create index conversation_newest on conversation (owner, updated_at desc, id desc);
create index conversation_oldest on conversation (owner, id);
create index conversation_age on conversation (updated_at);
create index conversation_words on conversation using gin (words);

create table message (
	id uuid primary key,
	conversation_id uuid not null references conversation on delete cascade,
	owner varchar(200) not null,
	parent_id uuid,
	-- Rises within the conversation: parents come before what follows them.
	position integer not null,
	-- How many messages come before it on its branch.
	depth integer not null,
	role varchar(10) not null,
	content text not null,
	created_at timestamptz(3) not null,
	-- What is known of an answer; null for a question.
	state varchar(12),
	reasoning text,
	source varchar(12),
	model varchar(400),
	provider varchar(400),
	finish_reason varchar(20),
	prompt_tokens bigint,
	completion_tokens bigint,
	reasoning_tokens bigint,
	cached_tokens bigint,
	cost numeric(24, 12),
	first_token_ms bigint,
	total_ms bigint,
	words tsvector generated always as (search_words(owner, content)) stored,
	constraint message_place unique (conversation_id, position)
);

create index message_words on message using gin (words);

-- The servers that use this database, and when each gave a sign of life.
create table server (
	id uuid primary key,
	alive_at timestamptz not null
);

-- The answers that are being written, and by which server.
create table running_answer (
	message_id uuid primary key references message on delete cascade,
	conversation_id uuid not null,
	server_id uuid not null
);

create index running_answer_conversation on running_answer (conversation_id);

-- What came of a running answer since it began; joined at its end.
create table answer_part (
	message_id uuid not null references running_answer on delete cascade,
	number integer not null,
	content text not null,
	reasoning text not null,
	primary key (message_id, number)
);

create table preset (
	id uuid primary key,
	owner varchar(200) not null,
	name varchar(100) not null,
	settings text
);

create index preset_owner on preset (owner);

-- By this a search index outside knows that it belongs to this database.
create table search_mark (
	id uuid not null
);

insert into search_mark (id) values (gen_random_uuid());
