-- Files that visitors attach to questions. Files with the same bytes share their content, which
-- is stored once.

create table attachment_content (
	id uuid primary key,
	-- SHA-256 of the bytes, in hexadecimal digits.
	hash varchar(64) not null,
	size bigint not null,
	constraint attachment_content_hash unique (hash)
);

-- The bytes, in pieces. A server with a data directory of its own keeps them there as files.
create table attachment_piece (
	content_id uuid not null references attachment_content on delete cascade,
	number integer not null,
	bytes varbinary(1048576) not null,
	primary key (content_id, number)
);

create table attachment (
	id uuid primary key,
	owner varchar(200) not null,
	content_id uuid not null references attachment_content,
	name varchar(400) not null,
	type varchar(100) not null,
	size bigint not null,
	-- Null where a kind of file has none.
	pages integer,
	width integer,
	height integer,
	text varchar(1048576),
	tokens integer not null,
	-- What it counts for its owner.
	bytes bigint not null,
	created_at timestamp(3) with time zone not null,
	-- Whether a question has had it. Otherwise it is deleted some time after its upload.
	asked boolean not null
);

create index attachment_owner on attachment (owner);
create index attachment_content_used on attachment (content_id);
create index attachment_unasked on attachment (asked, created_at);

-- The files of the questions.
create table message_attachment (
	message_id uuid not null references message on delete cascade,
	attachment_id uuid not null references attachment,
	conversation_id uuid not null,
	primary key (message_id, attachment_id)
);

create index message_attachment_file on message_attachment (attachment_id);
create index message_attachment_conversation on message_attachment (conversation_id);

-- The files of a question as JSON, without their content; null for none.
alter table message add column attachments varchar(1048576);
