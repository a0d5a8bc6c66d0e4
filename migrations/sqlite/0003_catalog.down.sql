drop table track;
