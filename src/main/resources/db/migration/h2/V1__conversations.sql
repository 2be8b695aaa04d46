-- Conversations in the embedded database. Text is at most 1,048,576 characters long, the
-- longest that a CHARACTER VARYING of H2 may be.

create table conversation (
	id uuid primary key,
	owner varchar(200) not null,
	title varchar(400) not null,
	titled_by_hand boolean not null,
	pinned boolean not null,
	created_at timestamp(3) with time zone not null,
	updated_at timestamp(3) with time zone not null,
	-- The newest message of the branch that is shown.
	current_id uuid,
	-- ConversationSettings as JSON; null for none.
	settings varchar(1048576),
	-- The position of the next message.
	next_position integer not null
);

create index conversation_newest on conversation (owner, updated_at desc, id desc);
create index conversation_oldest on conversation (owner, id);
create index conversation_age on conversation (updated_at);

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
	content varchar(1048576) not null,
	created_at timestamp(3) with time zone not null,
	-- What is known of an answer; null for a question.
	state varchar(12),
	reasoning varchar(1048576),
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
	constraint message_place unique (conversation_id, position)
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
	content varchar(1048576) not null,
	reasoning varchar(1048576) not null,
	primary key (message_id, number)
);

create table preset (
	id uuid primary key,
	owner varchar(200) not null,
	name varchar(100) not null,
	settings varchar(1048576)
);

create index preset_owner on preset (owner);

-- What the search index does not know yet: a message and the question before it, or,
-- without a message, a whole conversation.
create table search_task (
	id bigint generated always as identity primary key,
	conversation_id uuid not null,
	message_id uuid
);

-- By this a search index knows that it belongs to this database.
create table search_mark (
	id uuid not null
);

insert into search_mark (id) values (random_uuid());
