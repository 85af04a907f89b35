# Texts of the command
help = Zhiheng: a region's quality work, from records to published figures
help-global-project = project folder
help-global-format = output format: a table on a terminal, tab-separated in a pipe
help-global-lang = language: zh-CN or en
help-global-color = when to use colour (NO_COLOR is heeded)
help-global-quiet = only results and errors
help-global-no_progress = no progress bars
help-global-memory = memory for computing figures; more than that spills to disk
help-global-catalog = further catalog folders; later ones override
help-global-help = show help
help-global-version = show the version
help-init = make a project
help-init-dir = folder of the new project
help-init-example = fill in the records of an example (dingxi)
help-init-origin = name of the ledger, written on every proof
help-init-database = address of the database; a SQLite file in the project by default
help-catalog = look at and check definitions: records, indicators, lists, sources, reports
help-catalog-check = check a catalog: what is wrong, where, and what to do
help-catalog-check-paths = catalog folders; left out: the shipped one and the project's
help-catalog-list = list the definitions
help-catalog-list-kind = kind: record, indicator, list, source, report
help-catalog-show = show one definition
help-catalog-show-id = id, such as sampling.pass_rate
help-catalog-diff = compare two catalogs and say which figures change
help-catalog-diff-old = the old one
help-catalog-diff-new = the new one
help-catalog-schema = print a JSON Schema for editors
help-catalog-schema-kind = kind of file: records, indicators, lists, sources, regions
help-catalog-test = run the examples in the definitions
help-catalog-test-id = only those of this definition
help-record = records: forms, checking, importing, correcting
help-record-template = make the form: a workbook with drop-downs and notes
help-record-template-of = record type, such as sampling.batch
help-record-template-output = where to write it
help-record-template-unit = the reporting unit
help-record-check = check a file; nothing is written
help-record-check-files = files (CSV, XLSX, JSON, Parquet, also gzipped)
help-record-check-of = record type
help-record-check-source = source mapping
help-record-check-sheet = sheet
help-record-check-annotate = write the same workbook here, with its errors marked
help-record-import = check a file and write it into the ledger
    .after = Example: zhiheng record import batches.xlsx --type sampling.batch --annotate checked.xlsx
help-record-import-files = files (CSV, XLSX, JSON, Parquet, also gzipped)
help-record-import-of = record type
help-record-import-source = source mapping
help-record-import-sheet = sheet
help-record-import-annotate = write the same workbook here, with its errors marked
help-record-import-accept = all: nothing if any row is wrong; good: the good rows (the record type decides by default)
help-record-import-dry_run = check only, write nothing
help-record-import-by = who hands it in
help-record-import-id = id of this submission; using it twice does not write twice
help-record-import-provenance = how the records came about: reported, published, synthetic
help-record-import-basis = source or remark
help-record-import-receipt = write the receipt here
help-record-list = list records
help-record-list-of = record type
help-record-list-where = condition, such as "conclusion = 'nonconform'"
help-record-list-region = region code
help-record-list-period = period, such as 2013Q4
help-record-list-limit = at most so many rows
help-record-show = one record: fields, origin, versions
help-record-show-index = place in the ledger
help-record-history = all versions of a record
help-record-history-index = place in the ledger
help-record-correct = correct a record; the old value is kept
help-record-correct-index = place in the ledger
help-record-correct-set = field=value, may be repeated
help-record-correct-reason = reason
help-record-correct-by = who corrects
help-record-correct-expect = the version you saw; refused if another one is newer
help-record-withdraw = withdraw a record
help-record-withdraw-index = place in the ledger
help-record-withdraw-reason = reason
help-record-withdraw-by = who withdraws
help-ledger = the ledger: verify, prove, export
help-ledger-status = size, root, latest signature
help-ledger-verify = compute every record and the whole tree again
help-ledger-prove = prove that an entry stands in the ledger
help-ledger-prove-index = place in the ledger
help-ledger-export = export as plain files that can be verified offline
help-ledger-export-dir = folder
help-ledger-rebuild = rebuild what is derived from the ledger
help-measure = numbers: how much, how sure, why
help-measure-run = bring the lake up to date and list a region's indicators
help-measure-run-indicator = only this indicator, may be repeated
help-measure-run-region = region code
help-measure-run-period = period
help-measure-show = one number
    .after = Example: zhiheng measure show sampling.pass_rate/621100/2013
help-measure-show-address = address: indicator/region/period, with ;dimension=value and @ledger size if wanted
help-measure-rows = the rows that a number counts and leaves out
help-measure-rows-address = address
help-measure-rows-which = all, counted, excluded
help-measure-rows-limit = at most so many rows
help-measure-explain = why a number is what it is
help-measure-explain-address = address
help-measure-table = an indicator by region, period and dimension
help-measure-table-indicator = indicator
help-measure-table-region = region code
help-measure-table-period = period
help-measure-table-by = dimension, may be repeated
help-measure-table-level = level of the regions below: province, city, county, township
help-measure-table-each = one row for each year, half, quarter, month, week
help-measure-table-as_then = regions as they were then (as they are now by default)
help-measure-table-as_of = ledger size: as known then
help-report = reports, from their sources in the catalog
help-report-list = list the reports
help-report-build = build a report
help-report-build-report = report, such as quality-status
help-report-build-region = region code
help-report-build-period = period
help-report-build-to = formats: pdf, docx, html, xlsx, json
help-report-build-output = where to write it (the extension follows the format)
help-report-build-as_of = ledger size: rebuild with what was known then
help-report-build-office = issuing office
help-report-build-number = document number
help-report-build-date = date as printed
help-report-build-addressee = addressee
help-report-build-fonts = folders with fonts
help-report-verify = rebuild a report from what it pins and compare the bytes
help-report-verify-file = the report
help-method = statistics by name over a CSV file
help-method-list = list the methods
help-method-list-family = only this family, such as truth, energy, risk
help-method-show = what a method answers, when not to use it, which columns and options it takes
help-method-show-id = method, such as proportion.interval
help-method-run = run a method over a CSV file
    .after = Example: zhiheng method run proportion.interval --data rates.csv --option level=0.9
help-method-run-id = method
help-method-run-data = CSV file with a header, UTF-8; - reads standard input
help-method-run-options = name=value, may be repeated; `zhiheng method show` lists them
help-method-run-sheet = only this table of the answer
help-bench = data for measuring speed
help-bench-generate = write inspection rows (synthetic, the same for the same seed)
help-bench-generate-rows = rows
help-bench-generate-seed = seed
help-bench-generate-output = where to write it
help-bench-generate-quarters = over so many quarters
help-bench-ask = ask for one number many times with everything open, as a server does (JSON: median, 99th percentile, most)
help-bench-ask-address = address of the number
help-bench-ask-times = how often
help-completion = print a completion script
help-completion-shell = bash, zsh, fish, powershell, elvish
help-man = write manual pages
help-man-dir = folder
help-doctor = check the environment and the project
cli-internal = our fault or the environment's: { $why }
cli-progress-generate = writing
cli-progress-import = importing
cli-progress-verify = verifying
demo-maker = { $region } example maker { $n } (synthetic)
demo-shop = { $region } example shop { $n } (synthetic)
demo-works = example works { $n } (synthetic)
demo-cut = example abatement works { $n } (synthetic)
demo-item = example item { $n } (synthetic)
demo-holder = example enterprise { $n } (synthetic)
demo-standard = example standard { $n } (synthetic)
zh7010 = there is no example named “{ $name }”
    .hint = there are: { $known }
zh7011 = the data of example “{ $name }” are wrong: { $why }
help-after =
    Try: cargo xtask demo
    Then ask: zhiheng measure show sampling.pass_rate/621100/2013 -f json
    Exit codes: 0 done · 1 your data or request · 2 usage · 3 ours or the environment
help-usage = Usage
help-commands = Commands
help-options = Options
help-arguments = Arguments
zh7020 = nothing is defined as “{ $id }”
    .hint = near to it: { $near }; all of them: `zhiheng catalog list`
zh7021 = there is no kind of file “{ $kind }”
    .hint = there are: records, indicators, lists, sources, regions
zh7030 = there is no record type “{ $id }”
    .hint = there are: { $near }
zh7031 = there is no source “{ $id }”
    .hint = there are: { $known }
zh7033 = “{ $text }” is not field=value
zh7034 = { $of } has no field “{ $field }”
    .hint = its fields: { $known }
zh7040 = there is no level “{ $level }”
    .hint = there are: province, city, county, township
zh7041 = { $period } is not made of whole periods of kind “{ $kind }”
zh7050 = there is no report “{ $id }”
    .hint = there are: { $known }
zh7051 = no fonts were found
    .hint = run `cargo xtask fonts` and put the folder it prints into ZHIHENG_FONTS
zh7052 = “{ $file }” is not of a format that can be verified
zh7053 = the report rests on another catalog: report { $pinned }, here { $here }
    .hint = verify with the catalog of that time (--catalog)
zh7054 = the report rests on another ledger (size { $size })
zh7055 = “{ $file }” made again differs from the file
    .hint = the file was changed, or program or fonts are of another version
zh7060 = there is no method “{ $id }”
    .hint = near to it: { $near }; all of them: `zhiheng method list`
zh7061 = cannot read { $file }: { $why }
    .hint = check path and rights; files of up to 256 MiB are read
zh7062 = the file is not a sound table: { $what ->
        [empty] there is no header
        [encoding] row { $row } is not UTF-8 text
        [nul] row { $row }, column “{ $column }” holds a null character (NUL)
        [unclosed] row { $row }: a quote is opened and never closed
        [after-quote] row { $row }: text follows a closing quote
        [cells] row { $row } has { $found } cells, the header { $needed } columns
        [no-title] column { $column } of the header has no title
        [twice] two columns are called “{ $column }”
        [many-columns] the header has too many columns
       *[other] row { $row }, { $what }
    }
    .hint = save it as CSV (UTF-8) with one header row; cells that hold a comma need quotes
zh7063 = “{ $text }” is not name=value
    .hint = such as --option level=0.9
zh7064 = { $id } gives no answer: { $kind ->
        [empty] “{ $what }” has no values
        [too-few] “{ $what }” has { $found } values, { $needed } are needed
        [not-finite] “{ $what }” has a blank cell or one that is no number
        [out-of-range] “{ $what }” is { $found }, allowed is { $needed }
        [no-variation] “{ $what }” does not vary
        [column] there is no column “{ $what }”; there are { $needed }
        [option] there is no option “{ $what }”; there are { $needed }
        [value] “{ $what }” will not do; allowed is { $needed }
        [cell] “{ $what }” holds “{ $found }”, needed is a { $needed }
       *[other] { $said }
    }
    .hint = `zhiheng method show { $id }` says which columns and options it takes and when not to use it
zh7065 = the answer has no table “{ $name }”
    .hint = there are: { $known }
cli-catalog-checked = { $definitions } definitions, { $errors } errors, { $warnings } warnings; digest { $digest }
cli-examples-run = { $n } examples run, { $failed } differ
cli-kind = kind
cli-id = id
cli-name = name
cli-owner = owner
cli-since = since
cli-confirmed = confirmed
cli-yes = yes
cli-no = no
cli-to-be-confirmed = to be confirmed
cli-what = what
cli-from = from
cli-to = to
cli-figures-change = figures change
cli-records = records
cli-state = state
cli-detail = detail
cli-ok = ok
cli-missing = missing
cli-doctor-project = project
cli-doctor-catalog = catalog
cli-doctor-ledger = ledger
cli-doctor-fonts = fonts
cli-basis = basis
cli-entry = entry
cli-field = field
cli-value = value
cli-at = at
cli-by = by
cli-reason = reason
cli-changed = changed
cli-counted = counted
cli-excluded = left out
cli-counted-top = above and below the line
cli-counted-bottom = below the line
cli-provenance = provenance
cli-indicator = indicator
cli-region = region
cli-period = period
cli-unit = unit
cli-top = top
cli-bottom = bottom
cli-low = low
cli-high = high
cli-flags = flags
cli-figure = figure
cli-points = points
cli-ledger-status = ledger { $origin }, { $size } entries
cli-ledger-sound = the ledger is sound: { $n } entries computed again, root { $root }, { $seconds } s
cli-ledger-exported = { $n } entries exported to { $dir }
cli-ledger-rebuilt = rebuilt from { $n } entries
cli-progress-export = exporting
cli-progress-rebuild = rebuilding
cli-progress-check = checking
cli-progress-lake = updating the lake
cli-init-made = project made: { $dir }
cli-example-basis = example { $name }: made for demonstration; published figures name their source
cli-example-imported = { $file }: { $n } rows
cli-form-written = form written to { $file }
cli-annotated = annotated workbook written to { $file }
cli-import-nothing = { $refused } rows have problems; nothing was written
cli-import-repeated = this submission was taken before ({ $id }, { $n } records); nothing was written again
cli-import-done = { $new } written, { $same } there already, { $refused } refused; receipt { $id }, from entry { $first }
cli-import-dry = dry run: { $new } would be written, { $same } are there already; nothing was written
cli-problem-group = {"  "}{ $code } { $field }: { $n } times, first in row { $first }
cli-left-out = { $n } rows left out by rule: { $why }
cli-file-read = { $file }: { $seen } rows, { $kept } good, { $refused } refused, { $left } left out, { $flagged } flagged ({ $encoding } { $seconds } s)
cli-more = only the first { $n } rows; --limit shows more
cli-entry-title = entry { $n }: { $kind }, { $at }, { $by }
cli-entry-superseded = superseded by entry { $n }
cli-entry-reason = reason: { $why }
cli-entry-place = from { $file } { $sheet } row { $row }; original { $kept }
cli-kind-submit = submission
cli-kind-record = record
cli-kind-correct = correction
cli-kind-withdraw = withdrawal
cli-kind-erase = erasure
cli-kind-adopt = adoption of a catalog
cli-kind-release = release
cli-corrected = entry { $old } is corrected by entry { $new }; the old value is kept
cli-withdrawn = entry { $n } is withdrawn (entry { $entry })
cli-withdrawn-already = entry { $n } had been withdrawn (entry { $entry })
cli-lake-refreshed = the lake is up to date: entries { $from } to { $to }, { $rows } rows
cli-lake-current = the lake is at ledger size { $size }
cli-about-indicator = { $value }
cli-about-unit = unit: { $value }
cli-about-interval = interval: { $value }
cli-about-excluded = { $n } records left out: { $rule }
cli-about-flag = note: { $value }
cli-about-pins = ledger size { $size }, catalog { $catalog}, address { $address }
cli-target-no-data = target { $value } ({ $basis }): no data
cli-target-met = target { $value } ({ $basis }): met
cli-target-met-unsure = target { $value } ({ $basis }): met, but the interval spans it
cli-target-missed = target { $value } ({ $basis }): missed
cli-target-missed-unsure = target { $value } ({ $basis }): missed, but the interval spans it
cli-report-written = { $file } ({ $seconds } s)
cli-report-same = “{ $file }” made again at ledger size { $size }: the same bytes
cli-answers = answers
cli-formula = formula
cli-source = source
cli-avoid = when not to use it
cli-columns = columns
cli-options = options
cli-example = example
cli-more-sheets = further tables of the answer: { $names }; --sheet shows them
