# record

# Ledger (ZH4)
zh4001 = { $path } is a Zhiheng project already
    .hint = choose another folder, or use this project
zh4002 = { $path } is not a Zhiheng project: it has no zhiheng.toml
    .hint = name the project's folder with --project, or make one with zhiheng init
zh4003 = { $path } cannot be read: { $detail }
    .hint = correct it to the form of zhiheng.toml
zh4004 = the database { $database } holds a ledger already
    .hint = choose another database; a ledger is never overwritten
zh4005 = the database { $database } holds no ledger
    .hint = check database in zhiheng.toml
zh4006 = this is another ledger: its name is { $found }, expected { $expected }
    .hint = do not mix the folders of two instances; check origin, key and database
zh4007 = the ledger has format { $found }, this program knows up to { $known }
    .hint = open it with a newer program
zh4008 = the key file { $path } is missing or broken
    .hint = restore the key from a backup; without it nothing can be signed
zh4010 = “{ $origin }” cannot be a ledger's name
    .hint = names have no spaces and no plus signs, such as dingxi.gov.example/quality
zh4021 = the ledger takes no writes: damage was found ({ $alarm })
    .hint = run zhiheng ledger verify to find the place, then restore from a backup
zh4022 = the ledger is smaller than was signed before: { $entry } entries now ({ $detail })
    .hint = this is an old copy; restore a newer backup
zh4030 = the submission id { $id } was used for other content (from entry { $entry } on)
    .hint = give changed content another id; the first record is untouched
zh4031 = the same record is there with other content (entry { $entry })
    .hint = to change it, correct it with a reason
zh4032 = this record has { $bytes } bytes, at most { $max } are allowed
    .hint = shorten its longest text
zh4033 = entry { $entry } was changed meanwhile: it is now entry { $latest }, not { $expected }
    .hint = look at the newer version, then decide whether to correct it still
zh4034 = there is no entry { $entry }: the ledger has { $size }
    .hint = entries count from 0
zh4035 = entry { $entry } is not a record and cannot be corrected or withdrawn
    .hint = name the entry of a record
zh4036 = the correction says the same as entry { $entry }: nothing to change
    .hint = check the fields to be changed
zh4037 = the corrected key is that of another record (entry { $entry })
    .hint = withdraw or correct that record first
zh4038 = the key field “{ $field }” is personal and cannot be part of a key
    .hint = choose another key field in the catalog
zh4039 = the data of row { $row } are malformed: { $detail }
    .hint = data are canonical JSON: integers up to 2^53-1, decimals as text
zh4040 = no reason is given
    .hint = say in a sentence why it is corrected, withdrawn or erased
zh4041 = entry { $entry } has no personal field “{ $field }”
    .hint = see its fields with zhiheng ledger show
zh4042 = it has the key of record { $earlier } of this submission and other content
    .hint = keep the right one of the two rows
zh4043 = “{ $id }” cannot be a submission id
    .hint = ids have 1 to 255 bytes and no control characters
zh4044 = case { $case } has gone on: its newest event is entry { $latest } (state { $state }); { $expected ->
        [none] you were opening it
       *[other] you saw entry { $expected }
    }
    .hint = look at the case as it is now, then decide whether the act still fits
zh4045 = the act id { $id } was used for another event (entry { $entry })
    .hint = give another act another id; the first one is untouched
zh4046 = there is no case { $case }
    .hint = check the case number; see the cases there are with zhiheng case list
zh4047 = what follows from the step cannot be written, so nothing was: effect { $effect }: { $cause ->
        [ZH4030] submission id { $id } is in use (entry { $entry })
        [ZH4031] the record is there with other content (entry { $entry })
        [ZH4032] the record has { $bytes } bytes, at most { $max } are allowed
        [ZH4034] there is no entry { $entry }
        [ZH4035] entry { $entry } is not a record
        [ZH4037] another record has the key (entry { $entry })
        [ZH4039] the data are malformed: { $detail }
        [ZH4040] no reason is given
        [ZH4042] two of its records have one key and different content
        [ZH4044] case { $case } is there (newest event: entry { $latest }, state { $state })
        [ZH4045] the act id { $id } is in use (entry { $entry })
        [ZH4046] there is no case { $case }
        [ZH4048] “{ $value }” cannot be used as { $what }
        [ZH4049] the record was there (entry { $entry }) and was corrected or withdrawn since (entry { $latest })
       *[other] { $cause }
    }
    .hint = put right the record or case it meets, then take the step again
zh4048 = “{ $value }” cannot be used as { $what } of an event
    .hint = case numbers have 1 to 120 characters, other names 1 to 255 bytes, neither has control characters; data are an object of texts and whole numbers
zh4049 = the record was there (entry { $entry }) and was corrected or withdrawn since (entry { $latest })
    .hint = correct the newest version with a reason
zh4050 = the ledger has { $top } entries; there is no state at { $size }
    .hint = a state cannot be beyond the present size
zh4051 = the folder { $path } is not empty
    .hint = export into an empty folder
zh4060 = another program is writing to the database
    .hint = try again when it has ended; nothing was written
zh4061 = the disk is full; nothing was written
    .hint = make room, then try again with the same submission id
zh4063 = the disk failed while writing; nothing of this was acknowledged
    .hint = check the disk, run `zhiheng ledger verify`, then try again with the same submission id ({ $detail })
zh4064 = the ledger is on PostgreSQL and not copied by this program
    .hint = Back the database up with pg_dump, and the project's folder (without lake) beside it
zh4101 = entries are missing: from entry { $entry } on (bundle { $detail })
    .hint = restore from a backup; signed entries are never repaired away
zh4102 = entries cannot be read: from entry { $entry } on (bundle { $detail })
    .hint = restore from a backup; signed entries are never repaired away
zh4103 = entries differ from the signed ledger: the 256 from entry { $entry } on (bundle { $detail })
    .hint = restore from a backup; signed entries are never repaired away
zh4104 = hash tiles differ from the entries: near entry { $entry } ({ $detail })
    .hint = restore from a backup; signed entries are never repaired away
zh4105 = the ledger's root differs from the signed checkpoint ({ $detail })
    .hint = restore from a backup; signed entries are never repaired away
zh4106 = the checkpoint has no valid signature of this ledger's key ({ $detail })
    .hint = restore from a backup; signed entries are never repaired away
zh4107 = the ledger's head differs from its content ({ $detail })
    .hint = restore from a backup; signed entries are never repaired away
zh4108 = the index of keys differs from the entries: the run from entry { $entry } on ({ $detail })
    .hint = this is derived: zhiheng ledger rebuild makes it again
zh4109 = a submission or receipt differs from its entry { $entry } ({ $detail })
    .hint = restore from a backup; signed entries are never repaired away
zh4110 = the links of corrections differ from the entries: entry { $entry } ({ $detail })
    .hint = this is derived: zhiheng ledger rebuild makes it again
zh4111 = the counts per record type differ from the entries ({ $detail })
    .hint = this is derived: zhiheng ledger rebuild makes it again
zh4112 = a personal value of entry { $entry } does not fit its commitment ({ $detail })
    .hint = restore from a backup; signed entries are never repaired away
zh4113 = entry { $entry } is not a valid entry ({ $detail })
    .hint = restore from a backup; signed entries are never repaired away
zh4114 = the time of entry { $entry } is before the one before it ({ $detail })
    .hint = restore from a backup; signed entries are never repaired away
zh4115 = the database file is damaged: { $detail }
    .hint = restore from a backup; signed entries are never repaired away
zh4116 = the list of files or acts differs from the entries: entry { $entry } ({ $detail })
    .hint = this is derived: zhiheng ledger rebuild makes it again
zh4117 = the list of cases or letters differs from the entries: entry { $entry } ({ $detail })
    .hint = this is derived: zhiheng ledger rebuild makes it again

# import (ZH3)
intake-yes = yes, true, y, t, 1, 是, 有, 对, 真
intake-no = no, false, n, f, 0, 否, 无, 没有, 假
zh3001 = cannot read the file { $file }: { $why }
    .hint = check path and permissions, then try again
zh3003 = there are no data in { $file }: no header was found
    .hint = get a template with `zhiheng record template`
zh3004 = the header of { $file } (row { $row }) lacks the required column "{ $field_en }"{ $nearest ->
        [none] {""}
       *[other] {" "}(nearest column: { $nearest })
    }
    .hint = add the column, or name it "{ $field_en }" or "{ $field_zh }"
zh3006 = { $count } columns of { $file } are not used: { $columns }
    .hint = if any of them is to be reported, check its title
zh3007 = two columns of { $file } are "{ $field_en }": "{ $first }" and "{ $second }"
    .hint = delete or rename one of them
zh3010 = { $file } goes beyond a limit: { $what ->
        [inflated] more than { $limit } bytes when unpacked
        [ratio] packed more than { $limit } times
        [parts] more than { $limit } parts
        [cells] more than { $limit } cells
        [columns] more than { $limit } columns
       *[other] { $what } { $limit }
    }
    .hint = split it into smaller files; for large data use CSV or Parquet
zh3011 = { $file } is not a sound XLSX workbook: { $why }
    .hint = open it in a spreadsheet program, save it as .xlsx and try again
zh3012 = { $file } is not a sound Parquet file: { $why }
    .hint = ask for a new export, or use CSV
zh3014 = row { $row } has a quote that is never closed; what follows cannot be told apart (a row has at most { $limit } bytes)
    .hint = close the quote in this row; a quote inside a cell is written twice
zh3015 = { $file } lacks the column "{ $field_en }" of the source's definition{ $nearest ->
        [none] {""}
       *[other] {" "}(nearest column: { $nearest })
    }
    .hint = check that the file is of this source, or change the column in the definition
zh3016 = the catalog has no { $id }{ $suggestion ->
        [none] {""}
       *[other] {" "}(did you mean { $suggestion }?)
    }
    .hint = see the record types and sources with `zhiheng catalog show`
zh3017 = the template of { $file } was made by another edition of the catalog
    .hint = it can be used; take a new template next time
zh3018 = row { $row } has more than { $limit } columns
    .hint = delete what stands to the right of the table
zh3019 = { $file } is a workbook of the old .xls format
    .hint = save it as .xlsx in a spreadsheet program
zh3020 = { $file } needs a password
    .hint = save it without one
zh3021 = { $file } is a template of { $record }; { $wanted } is wanted here
    .hint = use the template of { $wanted }, or import it as { $record }
zh3022 = the workbook could not be made ({ $file }): { $why }
    .hint = read the errors as text instead
# A form has no rows: its problems come with the row "none".
in-row = { $row ->
    [none] {""}
   *[other] row { $row }:{" "}
}
in-row-says = { in-row }
zh3101 = row { $row } has { $cells } cells, the header { $columns } columns
    .hint = look for a missing or extra delimiter; content that holds one must be quoted
zh3102 = row { $row } is not UTF-8 text
    .hint = save the whole file as UTF-8 or GB 18030
zh3103 = row { $row } holds a null character (NUL)
    .hint = the file may be damaged or no text at all; export it again
zh3104 = row { $row } has a cell of more than { $limit } bytes
    .hint = shorten it; hand in attachments separately
zh3105 = row { $row } has more than { $limit } bytes
    .hint = shorten it; hand in attachments separately
zh3106 = record { $row } has the name "{ $name }" twice
    .hint = each name may occur once
zh3107 = record { $row } has a lone surrogate (\uD800–\uDFFF)
    .hint = ask for a new export in UTF-8
zh3108 = record { $row } is nested more than { $limit } levels deep
    .hint = a record needs one level of names and values
zh3109 = the cells of row { $row } are out of order
    .hint = open it in a spreadsheet program, save it as .xlsx and try again
zh3110 = record { $row } is not valid JSON (at byte { $at })
    .hint = each record is one whole JSON object
zh3111 = record { $row } is not a JSON object
    .hint = write names and values, such as {"{"}"task": "2013-1"{"}"}
zh3112 = { in-row }"{ $field_en }" is an error value or a day that never was: { $value }
    .hint = correct the formula or type the value; 1900-02-29 (serial 60) never was
zh3113 = { in-row }"{ $field_en }" holds an object or a list of lists
    .hint = give one value
zh3201 = { in-row }"{ $field_en }" is empty
    .hint = it is required
zh3202 = { in-row }"{ $field_en }" has { $length } characters, at most { $max } are allowed
    .hint = shorten it
zh3203 = { in-row }"{ $field_en }" is { $value }, not a whole number
    .hint = write digits only, no unit and no thousands separators{ $suggestion ->
            [none] {""}
           *[other] {" "}(did you mean { $suggestion }?)
        }
zh3204 = { in-row }"{ $field_en }" is { $value }, not between { $min } and { $max }
    .hint = check the figure and its unit
zh3205 = { in-row }"{ $field_en }" is { $value }, not a number
    .hint = write digits and a point only: no unit, per cent sign, thousands separator or exponent{ $suggestion ->
            [none] {""}
           *[other] {" "}(did you mean { $suggestion }?)
        }
zh3206 = { in-row }"{ $field_en }" is { $value }, with { $digits } digits after the point; at most { $scale } are allowed
    .hint = rounding is for you to decide{ $suggestion ->
            [none] {""}
           *[other] {" "}(did you mean { $suggestion }?)
        }
zh3207 = { in-row }"{ $field_en }" is { $value }, not a date
    .hint = write it like 2013-10-21{ $suggestion ->
            [none] {""}
           *[other] {" "}(did you mean { $suggestion }?)
        }
zh3208 = { in-row }"{ $field_en }" is { $value }; there is no such day
    .hint = check month and day
zh3209 = { in-row }"{ $field_en }" is { $value }, before 1900-01-01
    .hint = check the year
zh3210 = { in-row }"{ $field_en }" is { $value }, after the day of entry { $today }
    .hint = check the year; what has not happened cannot be reported
zh3211 = { in-row }"{ $field_en }" is { $value }, neither yes nor no
    .hint = write yes or no
zh3212 = { in-row }"{ $field_en }" is { $value }, not in the list { $list }{ $suggestion ->
        [none] {""}
       *[other] {" "}(did you mean { $suggestion }?)
    }
    .hint = codes: { $codes }
zh3213 = { in-row }"{ $field_en }" is { $value }; there is no such region{ $suggestion ->
        [none] {""}
       *[other] {" "}(did you mean { $suggestion }?)
    }
    .hint = write its code, or its full name from the province or city down
zh3214 = { in-row }"{ $field_en }" is { $value }, the name of { $count } regions: { $regions }
    .hint = write its code, or its full name from the province or city down
zh3215 = { in-row }"{ $field_en }" is { $value } ({ $level_en }); { $wanted_en } or finer is wanted
    .hint = write the code down to { $wanted_en }
zh3216 = { in-row }"{ $field_en }" is { $value }; by the rule its check character should be { $expected }
    .hint = some early codes break the rule and are valid; check the licence, and keep it if it is right
zh3218 = { in-row }"{ $field_en }" is { $value }, neither a product class nor a GTIN{ $suggestion ->
        [none] {""}
       *[other] {" "}(did you mean { $suggestion }?)
    }
    .hint = classes: { $codes }
zh3219 = { in-row }"{ $field_en }" is { $value }; the check digit of this GTIN is wrong
    .hint = check the bar code{ $suggestion ->
            [none] {""}
           *[other] {" "}(did you mean { $suggestion }?)
        }
zh3220 = { in-row }"{ $field_en }" is { $value }, not the number of a standard
    .hint = write it like GB/T 19580-2012
zh3221 = { in-row }"{ $field_en }" is { $value }; its "{ $letter }" ({ $character }) is not the Latin letter { $twin }
    .hint = kept and flagged; if it was a slip, type the letter { $twin }
zh3222 = { in-row }"{ $field_en }" is { $value }, with full-width characters
    .hint = write { $suggestion }
zh3223 = { in-row }"{ $field_en }" has { $count } values, only one is allowed
    .hint = leave one
zh3224 = { in-row }"{ $field_en }" is { $value }; a workbook keeps 15 digits, the last ones are lost
    .hint = set the column's format to text and type it again
zh3225 = { in-row }"{ $field_en }" is { $value }, with the character { $character }, which is invisible or turns the direction of text
    .hint = delete it; it mostly comes from copying out of web pages or chats
zh3301 = { in-row-says }{ $says_en }
    .hint = check the fields of this row together
zh3302 = { in-row-says }{ $says_en }
    .hint = kept and flagged; check it, and leave it if it is right
zh3303 = the record of row { $row } has { $bytes } bytes, at most { $limit } are allowed
    .hint = shorten it; hand in attachments separately
zh3304 = row { $row } has the same { $key_en } as row { $earlier }
    .hint = delete one of the two, or correct the number
zh3305 = row { $row }: { $field_en } is { $value }, which is not in the unit's region ({ $region })
    .hint = correct the region; records of another region are handed in there
zh3306 = row { $row }: { $field_en } is { $value }, which is not in the period ({ $first } to { $last })
    .hint = correct the date; records of another period are handed in or corrected in that period's return
zh3401 = reading { $file } took more memory than allowed and was stopped; nothing was written
    .hint = the file may be damaged or made to do harm; split it, or use CSV
zh3402 = reading { $file } took more processor time than allowed and was stopped; nothing was written
    .hint = the file may be damaged or made to do harm; split it and try again
zh3403 = the process that reads { $file } ended unexpectedly ({ $how }): { $words }; nothing was written
    .hint = open the file in a spreadsheet program, save it and try again; if that fails, give it to the maintainers
zh3404 = the process that reads { $file } gave no sign for { $seconds } seconds and was stopped; nothing was written
    .hint = try again later, or split the file
zh3405 = lost the process that reads { $file }: { $why }; nothing was written
    .hint = try again
zh3406 = the process that reads { $file } could not be started: { $why }
    .hint = check that the program is complete and the system has resources left
zh3407 = the process that reads { $file } could not limit itself: { $why }
    .hint = without limits no file is read; check that the system supports seccomp
zh3408 = no random numbers: { $why }
    .hint = personal values need a random salt; try again later
zh3409 = the process that reads { $file } has another catalog ({ $digest }) than this one ({ $wanted })
    .hint = the catalog has just been changed; try again
intake-list-sheet = Errors
intake-list-row = Row
intake-list-cell = Cell
intake-list-kind = Kind
intake-list-column = Column
intake-list-value = Value
intake-list-message = Problem
intake-list-hint = Suggestion
intake-list-rule = Rule
intake-kind-error = error
intake-kind-warning = warning
intake-kind-note = note
intake-required = required
intake-optional = optional
intake-example = Example: { $example }
intake-personal = Personal data: the ledger holds a salted digest only; the value can be erased
intake-form-text = text of at most { $max } characters
intake-form-integer = whole number, { $min } to { $max }
intake-form-decimal = number, { $min } to { $max }, at most { $scale } digits after the point, unit { $unit }
intake-form-money = amount in yuan, two decimals
intake-form-date = date like 2013-10-21, not after the day of entry
intake-form-date-future = date like 2013-10-21
intake-form-bool = yes or no
intake-form-code = choose from the list
intake-form-region = region code, { $level } or finer
intake-form-enterprise = unified social credit code; an old organisation code or registration number will do
intake-form-product = product class (code or name) or GTIN
intake-form-standard = number of a standard, such as GB/T 19580-2012
intake-form-subject = id registered in { $of }
intake-form-many = ; several, separated by semicolons
intake-template-title-unit = { $name } ({ $unit })
intake-template-choose = Choose from the list.
intake-help-sheet = Help
intake-help-name = Name
intake-help-basis = Basis
intake-help-owner = Owner
intake-help-since = Since
intake-help-says = Note
intake-help-field = Field
intake-help-need = Required
intake-help-form = Form and limits
intake-help-example = Example
intake-help-check = Check

# accounts and rights (ZH42)
zh4201 = the access database has format { $found }, this program knows formats up to { $known }
    .hint = open it with a newer program
zh4202 = no account, right or token has the id { $id }
    .hint = check the id; an erased account cannot be used again
zh4203 = the login "{ $login }" is taken
    .hint = choose another one
zh4204 = "{ $login }" cannot be a login
    .hint = use 1 to 60 letters, digits or . - _ @
zh4205 = nobody gives rights to themselves
    .hint = ask another security administrator; a second account of the same person will not do
zh4206 = the role { $role } and { $held }, which this person has, may not be held by one person
    .hint = take { $held } back first, or give the role to somebody else
zh4207 = right { $id } (account { $account }) is not as the ledger has it
    .hint = somebody changed the access database: lock the account, find out why, restore from a backup
zh4208 = the trail is kept for at least { $least } days, not for { $days }
    .hint = keep it for { $least } days or longer
