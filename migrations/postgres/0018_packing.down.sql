alter table upload drop column packing_set;
