//! The limits that the child puts on itself, in two steps: at once, and again when the catalog has been read.
//!
//! After the first step there are no sockets, no new programs, no other processes' memory; after the second no file
//! can be opened either. A forbidden call answers "not permitted" rather than killing, so that libraries that only
//! try (the C library looks into `/sys`) go on.

use std::collections::BTreeMap;

use rlimit::{Resource, setrlimit};
use seccompiler::{BpfProgram, SeccompAction, SeccompFilter, TargetArch, apply_filter};

use crate::limits::Limits;

/// Memory, processor time, files.
pub(super) fn limit(limits: &Limits, file_bytes: u64) -> std::io::Result<()> {
    let cpu = limits.cpu_for(file_bytes);
    setrlimit(Resource::AS, limits.memory, limits.memory)?;
    // At the soft limit the kernel sends SIGXCPU, by which the parent knows the reason.
    setrlimit(Resource::CPU, cpu, cpu.saturating_add(2))?;
    setrlimit(Resource::FSIZE, 0, 0)?;
    setrlimit(Resource::CORE, 0, 0)?;
    setrlimit(Resource::NOFILE, 64, 64)
}

/// A system call: its name (for the reader), its number on x86-64 and on AArch64 (-1: not there).
type Call = (&'static str, i64, i64);

/// What nothing in the child needs.
const NEVER: &[Call] = &[
    ("socket", 41, 198),
    ("socketpair", 53, 199),
    ("bind", 49, 200),
    ("listen", 50, 201),
    ("accept", 43, 202),
    ("accept4", 288, 242),
    ("connect", 42, 203),
    ("execve", 59, 221),
    ("execveat", 322, 281),
    ("fork", 57, -1),
    ("vfork", 58, -1),
    ("ptrace", 101, 117),
    ("process_vm_readv", 310, 270),
    ("process_vm_writev", 311, 271),
    ("bpf", 321, 280),
    ("perf_event_open", 298, 241),
    ("userfaultfd", 323, 282),
    ("io_uring_setup", 425, 425),
    ("keyctl", 250, 219),
    ("add_key", 248, 217),
    ("request_key", 249, 218),
    ("unshare", 272, 97),
    ("setns", 308, 268),
    ("mount", 165, 40),
    ("umount2", 166, 39),
    ("unlink", 87, -1),
    ("unlinkat", 263, 35),
    ("rename", 82, -1),
    ("renameat", 264, 38),
    ("renameat2", 316, 276),
    ("mkdir", 83, -1),
    ("mkdirat", 258, 34),
    ("link", 86, -1),
    ("linkat", 265, 37),
    ("symlink", 88, -1),
    ("symlinkat", 266, 36),
];

/// What the child no longer needs once the catalog has been read.
const NO_MORE_FILES: &[Call] =
    &[("open", 2, -1), ("creat", 85, -1), ("openat", 257, 56), ("openat2", 437, 437)];

/// Forbids what nothing needs.
pub(super) fn forbid() -> Result<(), String> {
    apply(NEVER)
}

/// Forbids opening files.
pub(super) fn forbid_files() -> Result<(), String> {
    apply(NO_MORE_FILES)
}

fn apply(calls: &[Call]) -> Result<(), String> {
    let arch = match std::env::consts::ARCH {
        "x86_64" => TargetArch::x86_64,
        "aarch64" => TargetArch::aarch64,
        other => return Err(format!("no list of system calls for {other}")),
    };
    let rules: BTreeMap<i64, Vec<seccompiler::SeccompRule>> = calls
        .iter()
        .map(|&(_, x86_64, aarch64)| if arch == TargetArch::x86_64 { x86_64 } else { aarch64 })
        .filter(|&number| number >= 0)
        .map(|number| (number, Vec::new()))
        .collect();
    // 1 is EPERM.
    let filter = SeccompFilter::new(rules, SeccompAction::Allow, SeccompAction::Errno(1), arch)
        .map_err(|error| error.to_string())?;
    let program: BpfProgram =
        filter.try_into().map_err(|error: seccompiler::BackendError| error.to_string())?;
    apply_filter(&program).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use std::io::ErrorKind;

    use super::*;

    #[test]
    fn neither_sockets_nor_programs_nor_files() {
        // The filters bind the thread that sets them.
        let caged = std::thread::spawn(|| {
            assert!(std::fs::File::open("/proc/self/status").is_ok());
            forbid().unwrap();
            let socket = std::net::TcpListener::bind("127.0.0.1:0").map(drop);
            assert_eq!(socket.unwrap_err().kind(), ErrorKind::PermissionDenied);
            assert!(std::os::unix::net::UnixStream::pair().is_err());
            assert!(std::fs::File::open("/proc/self/status").is_ok());
            forbid_files().unwrap();
            let file = std::fs::File::open("/proc/self/status").map(drop);
            assert_eq!(file.unwrap_err().kind(), ErrorKind::PermissionDenied);
        });
        caged.join().unwrap();
    }
}
