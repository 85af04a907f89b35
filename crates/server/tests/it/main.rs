//! The server as its users meet it: real listeners on free ports, real requests, one folder for each test.

mod admin;
mod authorize;
mod client;
mod contrast;
mod deciding;
mod doors;
mod figures;
mod framing;
mod handin;
mod headers;
mod hostile;
mod login;
mod matrix;
mod openapi;
mod pages;
mod resources;
mod texts;
mod token;
mod world;
