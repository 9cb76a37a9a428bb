-- Which studies have something evicted: every search asks it of each of its results, and most archives have few of them, old ones.
create index online_study_evicted on online_study (tenant, study_uid) where evicted_objects > 0;
