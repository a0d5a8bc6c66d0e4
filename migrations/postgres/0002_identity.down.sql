drop table session;
drop table account;
