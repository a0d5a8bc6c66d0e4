alter table upload drop column folder;
drop index track_release;
alter table track drop column release_id;
drop table release_artist;
drop table release;
