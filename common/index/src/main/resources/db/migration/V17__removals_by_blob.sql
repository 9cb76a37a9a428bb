-- Two processes may have copied the same object before its deletion was known to either: both copies are to be removed.
alter table removal drop constraint removal_pkey;
alter table removal add primary key (tenant, reception_id, store, blob_id);
