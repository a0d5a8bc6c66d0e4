drop table rendition;
drop table analysis;
drop table upload;
