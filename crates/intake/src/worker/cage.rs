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

/// Numbers of system calls, x86-64 and AArch64.
struct Call(&'static str, i64, i64);

/// What nothing in the child needs.
const NEVER: &[Call] = &[
    Call("socket", 41, 198),
    Call("socketpair", 53, 199),
    Call("bind", 49, 200),
    Call("listen", 50, 201),
    Call("accept", 43, 202),
    Call("accept4", 288, 242),
    Call("connect", 42, 203),
    Call("execve", 59, 221),
    Call("execveat", 322, 281),
    Call("fork", 57, -1),
    Call("vfork", 58, -1),
    Call("ptrace", 101, 117),
    Call("process_vm_readv", 310, 270),
    Call("process_vm_writev", 311, 271),
    Call("bpf", 321, 280),
    Call("perf_event_open", 298, 241),
    Call("userfaultfd", 323, 282),
    Call("io_uring_setup", 425, 425),
    Call("keyctl", 250, 219),
    Call("add_key", 248, 217),
    Call("request_key", 249, 218),
    Call("unshare", 272, 97),
    Call("setns", 308, 268),
    Call("mount", 165, 40),
    Call("umount2", 166, 39),
    Call("unlink", 87, -1),
    Call("unlinkat", 263, 35),
    Call("rename", 82, -1),
    Call("renameat", 264, 38),
    Call("renameat2", 316, 276),
    Call("mkdir", 83, -1),
    Call("mkdirat", 258, 34),
    Call("link", 86, -1),
    Call("linkat", 265, 37),
    Call("symlink", 88, -1),
    Call("symlinkat", 266, 36),
];

/// What the child no longer needs once the catalog has been read.
const NO_MORE_FILES: &[Call] =
    &[Call("open", 2, -1), Call("creat", 85, -1), Call("openat", 257, 56), Call("openat2", 437, 437)];

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
        .map(|&Call(_, x86_64, aarch64)| if arch == TargetArch::x86_64 { x86_64 } else { aarch64 })
        .filter(|&number| number >= 0)
        .map(|number| (number, Vec::new()))
        .collect();
    // 1 is EPERM.
    let filter = SeccompFilter::new(rules, SeccompAction::Allow, SeccompAction::Errno(1), arch)
        .map_err(|error| error.to_string())?;
    let program: BpfProgram = filter.try_into().map_err(|error: seccompiler::BackendError| error.to_string())?;
    apply_filter(&program).map_err(|error| error.to_string())
}
