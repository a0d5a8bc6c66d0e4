drop table app_key;
