drop index track_old_cover;
drop index track_cover;
alter table track drop column cover_id;
alter table track rename column old_cover_id to cover_id;
drop table picture;
