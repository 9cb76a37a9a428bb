-- Asked for every place that is to be removed: whether a deletion of its study is not in the journal yet.
drop index deletion_not_journaled;
create index deletion_not_journaled on deletion (tenant, study_uid) where journaled is null;
