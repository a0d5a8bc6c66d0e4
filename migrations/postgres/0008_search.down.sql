drop table search_backlog;
drop table search_word;
