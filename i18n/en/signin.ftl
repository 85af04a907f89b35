# signing in elsewhere, security keys (ZH76)

# the database of accounts
zh4209 = this identity is bound to an account already
    .hint = an identity belongs to one account; unbind it there first
zh4210 = this security key is known already
    .hint = take another key; to hand it on, remove it from the account it belongs to

# logins elsewhere
zh7600 = there is no such identity provider
    .hint = go back to the sign-in page and choose one of the ways listed
zh7601 = { $title } does not answer
    .hint = try again later, or sign in with login and password; if it goes on, tell the system administrator
zh7602 = the answer of { $title } cannot be trusted
    .hint = sign in once more; if it happens again, tell the system administrator the request's id
zh7603 = this sign-in is over, was used before, or was not begun in this browser
    .hint = begin again from the sign-in page
zh7604 = { $title } did not agree to the sign-in ({ $detail })
    .hint = sign in there again, or use login and password here
zh7605 = this identity of { $title } is bound to no account
    .hint = sign in with login and password and bind it under “My account”; without a password, ask the system administrator to bind it, naming this identifier: { $subject }
zh7606 = the account is locked
    .hint = ask the system administrator
zh7607 = { $title } did not confirm you in the way that is asked for
    .hint = confirm there again in that way, or choose another way
zh7608 = another identity was confirmed at { $title }
    .hint = sign out there, then confirm with the identity that is bound to this account
zh7609 = an identifier is 1 to 255 characters of plain ASCII without spaces
    .hint = type it as the identity provider gives it

# security keys
zh7610 = security keys cannot be used at this address
    .hint = keys know a site by its host name, not by an IP address; open the site by its name
zh7611 = no answer of a security key came
    .hint = connect the key and try again; the browser must run scripts and know WebAuthn
zh7612 = this request is over, was used before, or was not begun in this browser
    .hint = begin again; a request holds for 5 minutes and for one use
zh7613 = the security key answered for another site
    .hint = look at the address line; if it is not this site's, stop and tell the system administrator
zh7614 = the security key did not make sure that it is you
    .hint = set a PIN or a fingerprint on the key, then try again
zh7615 = this kind of security key is not supported
    .hint = use a key that knows ES256, EdDSA or RS256
zh7616 = the security key's signature is wrong
    .hint = try again; if it happens again, confirm with the password and tell the system administrator the request's id
zh7617 = this security key does not belong to your account
    .hint = use a key of this account, or confirm with the password
zh7618 = the security key's counter went back: somebody may have copied the key
    .hint = confirm with the password, remove the key, and tell the system administrator

# names of pages and deeds
server-title-login-with = Sign in elsewhere
server-title-login-from = Sign in elsewhere
server-title-confirm-with = Confirm elsewhere
server-title-identity-add = Bind an identity
server-title-identity-bind = Bind an identity
server-title-identity-unbind = Unbind an identity
server-title-key-add = Add a security key
server-title-key-keep = Add a security key
server-title-key-remove = Remove a security key
server-title-key-confirm = Confirm with a security key
server-title-accounts-identities = Identities of an account
server-title-accounts-bind = Bind an identity
server-title-accounts-unbind = Unbind an identity
server-deed-identity = Identity bound or unbound
server-deed-key = Security key

# logins elsewhere
server-login-with = Sign in with { $title }
server-login-elsewhere = Other ways to sign in
server-login-again = To the sign-in page
server-confirm-again = Confirm in another way
server-confirm-with = Confirm at { $title }
server-confirm-elsewhere = Confirm elsewhere
server-confirm-none = This account has no password, security key or identity by which it could confirm who you are. Ask the system administrator.
server-identities = Identities
server-identities-about = Identities elsewhere with which this account can be signed in to
server-identities-none = No identity is bound yet.
server-identity-add = Bind { $title }
server-identity-found = { $title } has confirmed who you are there. Once it is bound, this identity signs in to this account.
server-identity-bind = Bind
server-identity-end = Unbind
server-identity-own = Oneself
server-identity-admin = An administrator
server-field-provider = Identity provider
server-field-identity-subject = Identifier there
    .hint = the provider's identifier (sub), exactly as it is there
server-field-bound-by = Bound by
server-field-bound-at = Bound
server-accounts-identities = Identities

# security keys
server-keys = Security keys
server-keys-about = Security keys with which you can confirm who you are
server-keys-none = No security key yet.
server-key-add = Add a security key
server-key-add-about = A security key is a USB key, or the fingerprint or face recognition of this device. Once added, it confirms what counts, instead of the password.
server-key-remove = Remove
server-key-use = Confirm with a security key
server-key-use-about = Connect or hold near one of your security keys, then press the button.
server-key-unable = To add and use security keys, the browser must run scripts and know WebAuthn.
server-key-or = Or with the password
server-key-failed = No answer of a security key came: it was cancelled, or took too long. Please try again.
server-key-known = This security key is known already.
server-field-key-name = Name of the key
    .hint = which one it is, such as “USB key in the office”
server-field-key-made = Added

# identities of an account
server-table-identities = Identities bound to this account
server-col-provider = Identity provider
server-col-identity-subject = Identifier there
server-col-bound-by = Bound by
server-col-bound-at = Bound
server-col-seen = Last used
server-field-identity = Identity to unbind

# Kept views

zh7554 = a view has a name of at most { $most } characters
    .hint = give it a name that you know again, such as “Anding sampling”
server-title-views-show = My views
server-title-views-keep = Keep a view
server-title-views-drop = Forget a view
server-table-kept = My views
server-col-address = Address
server-field-name-kept = View
kept-lead = A view is the address of a page with its filters; send it to a colleague, who sees in it what is theirs to see.
kept-keep = Keep this view
kept-keep-says = Keeps { $path }
kept-drop = Forget a view
zh4212 = an account keeps { $most } views at most
    .hint = forget one first
server-field-name = Name
