//! The parent's side: start the child, read its frames, and say why it died if it did.

use std::fs::File;
use std::io::{BufReader, Read};
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{Child, ChildStdout, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::thread::JoinHandle;
use std::time::Duration;

use zhiheng_base::{Diagnostic, Lang};

use super::SUBCOMMAND;
use super::done::Done;
use super::frame::{Frame, Reader, Received};
use super::request::{Request, Task};
use crate::problem::{Site, quoted};

/// Frames that wait between the reading thread and the consumer.
const AHEAD: usize = 4;
/// Bytes of the child's standard error that are kept.
const STDERR: u64 = 16 << 10;
const SIGABRT: i32 = 6;
const SIGKILL: i32 = 9;
const SIGXCPU: i32 = 24;

/// The frames of a child. The last one is [`Frame::Done`]; anything else ends with one `Err`. Dropping it ends the
/// child.
pub struct Frames {
    child: Child,
    frames: Receiver<std::io::Result<Received>>,
    reader: Option<JoinHandle<()>>,
    stderr: Option<JoinHandle<String>>,
    site: Site,
    idle: Duration,
    ended: bool,
}

/// Starts `program` with the hidden subcommand on the request's file.
pub fn spawn(program: &Path, request: &Request) -> Result<Frames, Diagnostic> {
    let site = request.site();
    let file = File::open(&request.path).map_err(|error| site.file_error("ZH3001").arg("why", error))?;
    let is_file = file.metadata().is_ok_and(|data| data.is_file());
    if !is_file {
        return Err(site.file_error("ZH3001").arg("why", "not a file"));
    }
    let not_started = |why: &dyn std::fmt::Display| site.file_error("ZH3406").arg("why", why);
    let mut request = request.clone();
    for folder in &mut request.folders {
        *folder = std::path::absolute(&folder).map_err(|error| not_started(&error))?;
    }
    let text = serde_json::to_string(&request).map_err(|error| not_started(&error))?;
    let mut child = Command::new(program)
        .arg(SUBCOMMAND)
        .arg(text)
        .env_clear()
        // An allocator that reserves a gigabyte of addresses in advance would run into the limit on addresses.
        .env("MIMALLOC_ARENA_RESERVE", "32MiB")
        .stdin(Stdio::from(file))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| not_started(&error))?;
    let (Some(stdout), Some(stderr)) = (child.stdout.take(), child.stderr.take()) else {
        return Err(not_started(&"no pipes"));
    };
    let (sender, frames) = sync_channel(AHEAD);
    let index = request.file;
    let reader = std::thread::spawn(move || {
        let mut reader = Reader::new(BufReader::<ChildStdout>::with_capacity(256 << 10, stdout), index);
        while let Some(next) = reader.next().transpose() {
            let last = next.is_err();
            if sender.send(next).is_err() || last {
                return;
            }
        }
    });
    let stderr = std::thread::spawn(move || {
        let mut text = Vec::new();
        let mut stderr = stderr;
        // What cannot be read of a dying child's words is not worth an error.
        let _ = stderr.by_ref().take(STDERR).read_to_end(&mut text);
        let _ = std::io::copy(&mut stderr, &mut std::io::sink());
        String::from_utf8_lossy(&text).into_owned()
    });
    Ok(Frames {
        child,
        frames,
        reader: Some(reader),
        stderr: Some(stderr),
        site,
        idle: Duration::from_secs(request.limits.idle_seconds),
        ended: false,
    })
}

/// Reads the request's file to its end: every frame but the last goes to `each`, the last is the account. `None` if
/// `each` wanted no more (it says so with `false`).
pub fn read(
    program: &Path,
    request: &Request,
    mut each: impl FnMut(Frame) -> bool,
) -> Result<Option<Done>, Diagnostic> {
    for frame in spawn(program, request)? {
        match frame? {
            Frame::Done(done) => return Ok(Some(*done)),
            frame => {
                if !each(frame) {
                    return Ok(None);
                }
            }
        }
    }
    Err(request.site().file_error("ZH3405").arg("why", "no end"))
}

/// As [`read`], for the file as a workbook with its errors marked; it holds no drafts.
pub fn annotate(
    program: &Path,
    request: &Request,
    lang: Lang,
    mut each: impl FnMut(Frame),
) -> Result<(Vec<u8>, Done), Diagnostic> {
    let request = Request { task: Task::Annotate(lang), ..request.clone() };
    let mut workbook = Vec::new();
    let done = read(program, &request, |frame| {
        match frame {
            Frame::Workbook(piece) => workbook.extend_from_slice(&piece),
            frame => each(frame),
        }
        true
    })?;
    Ok((workbook, done.unwrap_or_default()))
}

impl Iterator for Frames {
    type Item = Result<Frame, Diagnostic>;

    fn next(&mut self) -> Option<Result<Frame, Diagnostic>> {
        if self.ended {
            return None;
        }
        let next = self.frames.recv_timeout(self.idle);
        let problem = match next {
            Ok(Ok(Received::Frame(frame))) => {
                self.ended = matches!(frame, Frame::Done(_));
                return Some(Ok(frame));
            }
            Ok(Ok(Received::Failed(why))) => why,
            Ok(Err(error)) => {
                // A pipe that breaks in the middle of a frame belongs to a child that died.
                match self.end() {
                    Some((status, words)) if !status.success() => self.death(status, &words),
                    _ => self.site.file_error("ZH3405").arg("why", error),
                }
            }
            Err(RecvTimeoutError::Timeout) => {
                self.site.file_error("ZH3404").arg("seconds", self.idle.as_secs())
            }
            Err(RecvTimeoutError::Disconnected) => match self.end() {
                Some((status, words)) => self.death(status, &words),
                None => self.site.file_error("ZH3405").arg("why", "no status"),
            },
        };
        self.ended = true;
        Some(Err(problem))
    }
}

impl Frames {
    /// Waits for a child whose pipe has closed.
    fn end(&mut self) -> Option<(ExitStatus, String)> {
        let status = self.child.wait().ok()?;
        let words = self.stderr.take().and_then(|thread| thread.join().ok()).unwrap_or_default();
        Some((status, words))
    }

    fn death(&self, status: ExitStatus, words: &str) -> Diagnostic {
        match status.signal() {
            Some(SIGABRT) if words.contains("memory allocation of") => self.site.file_error("ZH3401"),
            Some(SIGXCPU | SIGKILL) => self.site.file_error("ZH3402"),
            signal => {
                let how = match (signal, status.code()) {
                    (Some(signal), _) => format!("signal {signal}"),
                    (None, Some(code)) => format!("exit {code}"),
                    (None, None) => "?".to_owned(),
                };
                let words = words.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
                self.site.file_error("ZH3403").arg("how", how).arg("words", quoted(words))
            }
        }
    }
}

impl Drop for Frames {
    fn drop(&mut self) {
        // A child that has already ended cannot be killed; that is as good.
        let _ = self.child.kill();
        let _ = self.child.wait();
        // Unblocks the reading thread, which may be waiting to send.
        while self.frames.recv_timeout(Duration::from_millis(200)).is_ok() {}
        for thread in [self.reader.take()].into_iter().flatten() {
            let _ = thread.join();
        }
        if let Some(thread) = self.stderr.take() {
            let _ = thread.join();
        }
    }
}
