-- The blob of a metadata document holds the frame index of its series too: where the frames of each object are. It follows the
-- document, so many bytes long. Documents of older formats have none, and are made anew as they are asked for.
alter table series_metadata add column frames_size bigint not null default 0;
