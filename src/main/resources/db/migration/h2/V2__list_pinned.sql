-- The pinned conversations, and the others, are listed apart, each newest first.

create index conversation_apart on conversation (owner, pinned, updated_at desc, id desc);
