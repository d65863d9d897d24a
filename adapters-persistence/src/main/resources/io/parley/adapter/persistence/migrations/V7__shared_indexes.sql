-- Whose turn it is to apply changes to an index that several servers share.

alter table followers
  add column holder     uuid,
  add column held_until timestamptz;
comment on column followers.holder is 'Which server applies changes to an index that several share; null for an index of one server''s own.';
comment on column followers.held_until is 'Until when, unless it says so again before.';
