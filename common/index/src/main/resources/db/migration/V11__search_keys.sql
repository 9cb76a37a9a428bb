-- What QIDO-RS searches by has an index, or may only be asked for beside something that has one.
-- All of them are on patient, study and series, which have a few million rows in a region; never on instance.

create extension if not exists fuzzystrmatch;

-- By what fuzzy matching compares a folded name (PS3.4 C.2.2.2.1.1); two names are alike where these overlap:
--   each word, and '-' with each word, whole and with any one letter left out: one letter wrong, missing, added or swapped
--   '~' with the Double Metaphone codes of a word, from two sounds on: meyer, maier
--   '=' with all words of a component group as one: wangxiaodong
-- and of ideographic words each character. A name has twelve words at most, a word 24 letters.
create function name_tokens(name text) returns text[]
  language sql immutable strict parallel safe set search_path from current
as $$
  with word as (
    select left(w, 24) as w, w ~ '[\u2E80-\u9FFF\uF900-\uFAFF\U00020000-\U0003FFFF]' as ideographic
      from regexp_split_to_table(name, '[\^=\s,.''\u2019-]+') w
     where w <> ''
     limit 12),
  token as (
    select c as t from word, regexp_split_to_table(w, '') c where ideographic
    union all
    select w from word where not ideographic
    union all
    select '~' || code from word, unnest(array[dmetaphone(w), dmetaphone_alt(w)]) code
     where w ~ '^[a-z]+$' and length(code) > 1
    union all
    select '-' || w from word where not ideographic and length(w) > 2
    union all
    select '-' || overlay(w placing '' from i for 1) from word, generate_series(1, length(w)) i
     where not ideographic and length(w) > 3
    union all
    select '=' || regexp_replace(g, '[\^\s,.''\u2019-]+', '', 'g') from regexp_split_to_table(left(name, 256), '=') g)
  select coalesce(array_agg(distinct t), '{}') from token where t <> '='
$$;

-- Names, ids and texts by any part of them.
create index patient_by_name_tokens on patient using gin (name_tokens(name_search));
create index patient_by_part_of_id on patient using gin (patient_id gin_trgm_ops);
create index study_by_referring_physician_tokens on study using gin (name_tokens(referring_physician));
create index study_by_part_of_accession on study using gin (accession_number gin_trgm_ops);
create index study_by_part_of_id on study using gin (study_id gin_trgm_ops);
create index series_by_description on series using gin (description gin_trgm_ops);

create index patient_by_birth_date on patient (tenant, birth_date);
create index study_by_time on study (tenant, study_time);
create index study_by_study_id on study (tenant, study_id);
create index study_by_sop_class on study using gin (sop_classes);
create index series_by_modality on series (tenant, modality);
create index series_by_date on series (tenant, series_date);
-- Strangers write anything for a date; a b-tree takes no text that is longer than a third of a page.
create index series_by_procedure_step_date on series
  (tenant, (left(attributes #>> '{00400244,Value,0}', 16) collate "C"));

-- Items of sequences: other patient ids, procedure codes, what was requested.
create index patient_by_other_ids on patient using gin ((attributes -> '00101002') jsonb_path_ops);
create index study_by_procedure_code on study using gin ((attributes -> '00081032') jsonb_path_ops);
create index series_by_request on series using gin ((attributes -> '00400275') jsonb_path_ops);
