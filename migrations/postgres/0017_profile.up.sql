-- what a person tells of themselves, and what they wear
alter table account add column bio text;
alter table account add column location text;
alter table account add column links text not null default '[]';
alter table account add column avatar_id uuid references picture (id) on delete set null;
alter table account add column banner_id uuid references picture (id) on delete set null;
-- when the account goes, since its owner asked for it; and since when it is gone
alter table account add column deletion_at bigint;
alter table account add column deleted_at bigint;
create index account_avatar on account (avatar_id);
create index account_banner on account (banner_id);
create index account_deletion on account (deletion_at) where deleted_at is null;

-- usernames that an account had before: they lead to it, and for a time nobody else gets them
create table old_handle (
  username_key text collate "C" not null primary key,
  username_look text collate "C",
  account_id uuid not null references account (id) on delete cascade,
  created_at bigint not null
);
create index old_handle_account on old_handle (account_id, created_at);
create index old_handle_look on old_handle (username_look);
create index old_handle_created on old_handle (created_at);
