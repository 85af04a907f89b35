//! Roles and the actions that come with them.

/// What somebody wants to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Action {
    /// Look at a page or figure.
    See,
    /// Deal with one's own account, session and settings.
    Own,
    /// Hand in records.
    Submit,
    /// Accept or return what was handed in.
    Review,
    /// Take a step of a case that decides nothing.
    Handle,
    /// Decide: the second person of a case or plan.
    Decide,
    /// Register samples in the field.
    Sample,
    /// Enter results of tests.
    Test,
    /// Score evidence.
    Score,
    /// Release to the public.
    Publish,
    /// Take data out in bulk.
    Export,
    /// Answer as an enterprise: objection, rectification, statement.
    Answer,
    /// Make, lock and erase accounts.
    ManageAccounts,
    /// Give and take rights.
    ManageGrants,
    /// Read the trail.
    ReadTrail,
    /// Run jobs, back up, adopt catalogs.
    Operate,
    /// Look into events of things and what they tell (traceability).
    Trace,
    /// Hand in events of things.
    Capture,
}

impl Action {
    /// All actions.
    pub const ALL: [Action; 18] = [
        Action::See,
        Action::Own,
        Action::Submit,
        Action::Review,
        Action::Handle,
        Action::Decide,
        Action::Sample,
        Action::Test,
        Action::Score,
        Action::Publish,
        Action::Export,
        Action::Answer,
        Action::ManageAccounts,
        Action::ManageGrants,
        Action::ReadTrail,
        Action::Operate,
        Action::Trace,
        Action::Capture,
    ];

    /// Its name in settings, scopes and the API.
    pub fn word(self) -> &'static str {
        match self {
            Action::See => "see",
            Action::Own => "own",
            Action::Submit => "submit",
            Action::Review => "review",
            Action::Handle => "handle",
            Action::Decide => "decide",
            Action::Sample => "sample",
            Action::Test => "test",
            Action::Score => "score",
            Action::Publish => "publish",
            Action::Export => "export",
            Action::Answer => "answer",
            Action::ManageAccounts => "manage-accounts",
            Action::ManageGrants => "manage-grants",
            Action::ReadTrail => "read-trail",
            Action::Operate => "operate",
            Action::Trace => "trace",
            Action::Capture => "capture",
        }
    }

    /// Whether it takes a second factor shown lately: acts with legal effect, data in bulk, accounts and rights, operation.
    pub fn needs_second_factor(self) -> bool {
        matches!(
            self,
            Action::Decide
                | Action::Publish
                | Action::Export
                | Action::ManageAccounts
                | Action::ManageGrants
                | Action::Operate
        )
    }

    /// Whether a program may do it with a token. Whatever is a person's own decision or changes accounts is not.
    pub fn for_programs(self) -> bool {
        matches!(
            self,
            Action::See
                | Action::Submit
                | Action::Sample
                | Action::Test
                | Action::Export
                | Action::Trace
                | Action::Capture
        )
    }
}

/// Codes of the list `base.access`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Reads.
    Reader,
    /// Hands in for a unit.
    Reporter,
    /// Accepts returns.
    Reviewer,
    /// Handles cases.
    Handler,
    /// Decides what others propose.
    Approver,
    /// Draws samples.
    Sampler,
    /// Tests samples.
    Laboratory,
    /// Scores evidence.
    Assessor,
    /// Releases to the public.
    Publisher,
    /// Reads everything of a region but persons.
    Leader,
    /// An enterprise, for itself.
    Enterprise,
    /// Accounts and operation.
    SystemAdmin,
    /// Rights.
    SecurityAdmin,
    /// The trail.
    AuditAdmin,
}

/// Roles that one person may not hold together (GB/T 22239-2019 8.1.4: separated administrators; an administrator handles no
/// business).
pub const APART: &[(&str, &str)] = &[
    ("system-admin", "security-admin"),
    ("system-admin", "audit-admin"),
    ("security-admin", "audit-admin"),
    ("security-admin", "handler"),
    ("security-admin", "approver"),
    ("security-admin", "publisher"),
    ("audit-admin", "handler"),
    ("audit-admin", "approver"),
    ("audit-admin", "publisher"),
    ("system-admin", "handler"),
    ("system-admin", "approver"),
    ("system-admin", "publisher"),
];

impl Role {
    /// All roles.
    pub const ALL: [Role; 14] = [
        Role::Reader,
        Role::Reporter,
        Role::Reviewer,
        Role::Handler,
        Role::Approver,
        Role::Sampler,
        Role::Laboratory,
        Role::Assessor,
        Role::Publisher,
        Role::Leader,
        Role::Enterprise,
        Role::SystemAdmin,
        Role::SecurityAdmin,
        Role::AuditAdmin,
    ];

    /// Its code in `base.access`.
    pub fn code(self) -> &'static str {
        match self {
            Role::Reader => "reader",
            Role::Reporter => "reporter",
            Role::Reviewer => "reviewer",
            Role::Handler => "handler",
            Role::Approver => "approver",
            Role::Sampler => "sampler",
            Role::Laboratory => "laboratory",
            Role::Assessor => "assessor",
            Role::Publisher => "publisher",
            Role::Leader => "leader",
            Role::Enterprise => "enterprise",
            Role::SystemAdmin => "system-admin",
            Role::SecurityAdmin => "security-admin",
            Role::AuditAdmin => "audit-admin",
        }
    }

    /// The role with this code; a code that this program does not know is no role.
    pub fn parse(code: &str) -> Option<Role> {
        Role::ALL.into_iter().find(|role| role.code() == code)
    }

    /// What the role may do. Whoever has any role may deal with their own account.
    pub fn actions(self) -> &'static [Action] {
        match self {
            Role::Reader => &[Action::See],
            Role::Leader => &[Action::See, Action::Trace],
            Role::Reporter => &[Action::See, Action::Submit],
            Role::Reviewer => &[Action::See, Action::Review, Action::Export],
            Role::Handler => {
                &[Action::See, Action::Submit, Action::Handle, Action::Export, Action::Trace, Action::Capture]
            }
            Role::Approver => &[Action::See, Action::Decide, Action::Trace],
            Role::Sampler => &[Action::See, Action::Sample, Action::Handle],
            Role::Laboratory => &[Action::See, Action::Test, Action::Handle],
            Role::Assessor => &[Action::See, Action::Score],
            Role::Publisher => &[Action::See, Action::Publish, Action::Export],
            Role::Enterprise => {
                &[Action::See, Action::Answer, Action::Submit, Action::Trace, Action::Capture]
            }
            Role::SystemAdmin => &[Action::ManageAccounts, Action::Operate],
            Role::SecurityAdmin => &[Action::ManageGrants],
            Role::AuditAdmin => &[Action::ReadTrail],
        }
    }
}
