-- Whose turn it is to compare the stores with one another, and what came of it.

create table reconciliation_turn (
  only_row   boolean primary key default true check (only_row),
  run        uuid,
  expires_at timestamptz
);
insert into reconciliation_turn (run) values (null);
comment on table reconciliation_turn is 'Which run compares the stores, of all servers: one at a time.';

create table reconciliations (
  server   text primary key,
  ended_at timestamptz not null,
  report   jsonb not null
);
comment on table reconciliations is 'What each server found when it last compared the stores with one another.';
