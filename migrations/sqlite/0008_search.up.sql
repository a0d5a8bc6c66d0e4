-- the words by which things are found, folded; looked up by ranges of their beginnings
create table search_word (
  kind text not null constraint search_word_kind_check check (kind in ('track', 'artist', 'release')),
  word text not null,
  subject_id blob not null,
  primary key (kind, word, subject_id)
) without rowid;
create index search_word_subject on search_word (kind, subject_id, word);

-- what there was before; a job reads its words
create table search_backlog (
  track_id blob not null primary key references track (id) on delete cascade
) without rowid;
insert into search_backlog (track_id) select id from track;
