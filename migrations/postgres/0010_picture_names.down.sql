alter table picture drop column file_name;
