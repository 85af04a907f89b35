//! Files from outside → checked drafts.
