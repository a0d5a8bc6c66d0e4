-- what its sender called the file: a hint to what the picture is of
alter table picture add column file_name text;
