-- The region whose case it is, as the newest event that names one says; empty for cases of programs that did not say it.
ALTER TABLE case_head ADD COLUMN region TEXT;
