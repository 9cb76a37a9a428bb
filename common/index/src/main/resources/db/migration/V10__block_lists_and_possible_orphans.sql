-- Which blocks an archived object consists of, where it is kept in blocks: the text of the small blob that the archive has
-- beside the blocks. Either can be lost. It stays until the blocks are removed.
create table block_list (
  tenant       text collate "C" not null,
  reception_id uuid             not null,
  store        text collate "C" not null,
  blob_id      text collate "C" not null,  -- as in location
  blocks       text collate "C" not null,
  primary key (tenant, reception_id, store)
);
create index block_list_by_blob on block_list using hash (blob_id);

-- Files that an archive may have without anybody knowing their ids: uploads whose outcome is unknown.
create table possible_orphan (
  orphan_id uuid             not null primary key,  -- given by who saw it, who may tell it twice
  found     timestamptz      not null,
  store     text collate "C" not null,
  server    text collate "C" not null,  -- host:port; empty when not known
  name      text collate "C" not null,  -- the blob's wanted name
  size      bigint           not null,  -- bytes of the blob
  sent      bigint           not null,  -- bytes that were sent
  crc       bigint,                     -- CRC32 of them, when all were sent
  answered  text collate "C",           -- an id that came back and isn't the blob's
  reason    text             not null
);
create index possible_orphan_by_time on possible_orphan (found desc);
