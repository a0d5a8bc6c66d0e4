create table job (
  id uuid not null primary key,
  kind text not null,
  payload text not null,
  state text not null default 'ready',
  unique_key text,
  priority bigint not null,
  run_at bigint not null,
  attempts bigint not null default 0,
  lost bigint not null default 0,
  max_attempts bigint not null,
  worker uuid,
  lease_until bigint,
  progress bigint not null default 0,
  cancel boolean not null default false,
  error text,
  created_at bigint not null,
  done_at bigint,
  constraint job_state_check check (state in ('ready', 'running', 'dying', 'done', 'dead', 'cancelled'))
);
create unique index job_kind_unique_key_key on job (kind, unique_key) where state in ('ready', 'running', 'dying');
create index job_ready on job (priority desc, run_at) where state = 'ready';
create index job_lease on job (lease_until) where state in ('running', 'dying');
create index job_done on job (done_at) where state in ('done', 'dead', 'cancelled');

create table schedule (
  name text not null primary key,
  cron text not null,
  next_at bigint not null
);
