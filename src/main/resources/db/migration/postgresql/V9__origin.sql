-- Where an imported conversation comes from, such as chatgpt:<id>; null for others. A second
-- import of it finds it by this.

alter table conversation add column origin varchar(200);

create unique index conversation_origin on conversation (owner, origin);
