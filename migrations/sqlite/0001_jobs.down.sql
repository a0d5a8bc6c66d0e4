drop table schedule;
drop table job;
