//! HTTP, pages, sessions and the API.
