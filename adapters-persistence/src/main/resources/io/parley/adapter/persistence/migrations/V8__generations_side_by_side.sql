-- Several generations side by side: whose index a follower follows, and who computes what one lacks.

alter table followers
  add column generation_id uuid references generations on delete cascade,
  add column server_id     uuid;
comment on column followers.generation_id is 'Which generation it is an index of; null for words.';
comment on column followers.server_id is 'Which server''s own it is; null for an index that all servers share.';
create index followers_generation on followers (generation_id);

alter table generations
  add column holder     uuid,
  add column held_until timestamptz;
comment on column generations.holder is 'Which server computes the embeddings that it lacks; null when none has yet.';
comment on column generations.held_until is 'Until when, unless it says so again before.';
create unique index generations_building on generations (state) where state = 'building';
