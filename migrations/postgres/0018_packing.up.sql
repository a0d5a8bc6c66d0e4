-- The set of stream files that is being put in place: a run that is killed then leaves a name to clear away by,
-- and a run that was overtaken learns it.
alter table upload add column packing_set uuid;
