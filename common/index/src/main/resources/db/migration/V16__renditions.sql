-- Objects encoded once more: for viewers that can't decode what was received, or smaller. Derived: what was received stays, and
-- is served when one of these can't be.
create table rendition (
  tenant          text collate "C" not null,
  study_uid       text collate "C" not null,
  series_uid      text collate "C" not null,
  sop_uid         text collate "C" not null,
  reception_id    uuid             not null,  -- the version that it was made of
  kind            text collate "C" not null,  -- 'lossless': the same samples; 'preview': lossy
  rendition_id    uuid             not null,  -- in location, removal and block_list where others have a reception id
  terms           text collate "C" not null,  -- what was asked for: to other terms it is made anew
  instance_uid    text collate "C" not null,  -- its own SOP Instance UID; another than sop_uid when it is lossy
  transfer_syntax text collate "C" not null,
  digest          bytea            not null,  -- SHA-256 of the data set
  size            bigint           not null,  -- bytes of the file
  data_set_offset integer          not null,  -- where the data set starts in the file
  created         timestamptz      not null default now(),
  primary key (tenant, study_uid, series_uid, sop_uid, reception_id, kind)
) partition by hash (study_uid);

do $$
begin
  for i in 0..15 loop
    execute format(
      'create table rendition_%s partition of rendition for values with (modulus 16, remainder %s)',
      lpad(i::text, 2, '0'), i);
  end loop;
end $$;

-- Blobs that are being written for renditions, in stores that keep names: what a process that dies leaves is found here by who
-- does its work again.
create table rendition_attempt (
  tenant       text collate "C" not null,
  reception_id uuid             not null,
  rendition_id uuid             not null,
  study_uid    text collate "C" not null,
  series_uid   text collate "C" not null,
  sop_uid      text collate "C" not null,
  kind         text collate "C" not null,
  store        text collate "C" not null,
  blob_id      text collate "C" not null,
  started      timestamptz      not null default now(),
  primary key (tenant, reception_id, rendition_id)
);

-- Whether it is the place of a rendition: what isn't there any more then is no loss.
alter table location add column derived boolean not null default false;

comment on column storage_tier.store is
  'as in location; ''derived'': what is made of the objects, which renditions are wherever they are';
