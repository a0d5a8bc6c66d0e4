drop table linked_newcomer;
drop table linked_trip;
drop table linked;
