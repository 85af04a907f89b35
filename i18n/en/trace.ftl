# trace: identifiers, EPCIS documents, the event hash.

## identifiers

zh9501 = “{ $value }” is no GS1 identifier
    .hint = use an EPC URN, a GS1 Digital Link, an element string with application identifiers, or a bar code of 8, 12, 13 or 14 digits
zh9502 = “{ $value }” of the { $key } has length { $length }, wanted is { $wanted }
    .hint = check the digits of company prefix and reference
zh9503 = the check digit of { $key } “{ $value }” should be { $expected }
    .hint = look at the thing itself; what is really printed so stays traceable, tell whoever numbered it
zh9504 = “{ $value }” of the { $key } has the character { $character }, which is not allowed
    .hint = use the characters of this key only; escape others in URNs and addresses with %
zh9505 = “{ $value }” has an incomplete escape
    .hint = write % and two hexadecimal digits
zh9506 = nobody told how many digits the company prefix of { $key } “{ $value }” has, so there is no EPC URN
    .hint = use the GS1 Digital Link, or complete the table of prefix lengths
zh9507 = no application identifier starts “{ $value }”
    .hint = application identifiers stand in the GS1 General Specifications; values of variable length need the separator FNC1 behind them
zh9508 = the value “{ $value }” does not fit application identifier ({ $ai })
    .hint = check length and characters

## documents

zh9510 = not well-formed JSON at line { $line }, column { $column }
    .hint = check with a JSON tool and send again
zh9511 = { $path }: “{ $name }” stands twice
    .hint = write each field once
zh9512 = nested deeper than { $most } at line { $line }, column { $column }
    .hint = nest less
zh9513 = { $path }: more than { $most } { $what }
    .hint = send several smaller documents
zh9514 = not well-formed XML at line { $line }, column { $column }
    .hint = check with an XML tool and send again
zh9515 = a document type or an entity is declared or used at line { $line }, column { $column }
    .hint = remove declarations and entities and write the text itself
zh9516 = the file is not in UTF-8
    .hint = convert it to UTF-8 and send again
zh9517 = the object has the name “{ $name }” twice, at line { $line }, column { $column }; the last one counts
    .hint = write each name once; other programs may take the first
zh9520 = “{ $value }” is no type of EPCIS document or event
    .hint = documents are EPCISDocument or EPCISQueryDocument; events are the five kinds such as ObjectEvent, or a URI of your own
zh9521 = { $path }: “{ $name }” is missing
    .hint = add it
zh9522 = { $path }: the value should be of type { $wanted }
    .hint = correct the type and send again
zh9523 = { $path }: “{ $value }” is no URI
    .hint = write a whole URI such as urn:epc:id:… or https://…
zh9524 = { $path }: “{ $value }” is no time with an offset
    .hint = write it like 2026-01-02T03:04:05.000+08:00
zh9525 = { $path }: “{ $value }” is no offset
    .hint = write it like +08:00
zh9526 = { $path }: “{ $value }” is neither a standard word nor a URI of your own
    .hint = JSON takes bare words such as shipping, XML their web addresses; words of your own need a URI of your own
zh9527 = { $path }: “{ $name }” is no standard field here and has no namespace
    .hint = give extensions a prefix and declare it in the context
zh9528 = { $path }: “{ $value }” is not allowed ({ $wanted })
    .hint = use an allowed value
zh9529 = { $path }: “{ $value }” is listed twice
    .hint = list each once
zh9530 = { $path }: the event names no things
    .hint = state identifiers, quantities, or sensor readings with a read point
zh9531 = { $path }: “{ $value }” is no unit code
    .hint = use a code of UN/ECE Recommendation 20 such as KGM
zh9532 = { $path }: the context “{ $value }” is not fetched, its terms are unknown
    .hint = write the prefixes and terms that you use into the document's @context
zh9533 = { $path }: “{ $name }” is a term of the standard and cannot mean something else
    .hint = take another name
zh9534 = { $path }: the context is malformed
    .hint = a prefix or term stands for a whole address or URN
zh9535 = { $path }: nobody declared the prefix of “{ $name }”
    .hint = declare it in @context
zh9536 = { $path }: a quantity event of version 1.2 is kept as an object event that observed a quantity
    .hint = send object events from now on
zh9537 = a text has the character { $character }, which XML cannot bear
    .hint = write JSON, or correct the event

## rules

zh9540 = { $path }: parentID is missing
    .hint = adding to and taking from a container, and every association, name the container or whole
zh9541 = { $path }: nothing is named that goes in or is joined
    .hint = adding and observing name childEPCs or childQuantityList
zh9542 = { $path }: “{ $name }” stands in sensorMetadata and in sensorReport
    .hint = state it once
zh9543 = { $path }: the reading of “{ $value }” is later than its event
    .hint = check offsets and clocks
zh9544 = { $path }: the start “{ $value }” is later than the end
    .hint = check the times
zh9545 = { $path }: only object events that add, and transformations, may have ilmd
    .hint = remove ilmd, or use ADD
zh9546 = { $path }: a transformation has inputs and outputs
    .hint = add what is missing; if it is recorded in several events, state transformationID
zh9547 = { $path }: a thing is put into itself
    .hint = check parentID and childEPCs
zh9548 = { $path }: a unit without a quantity
    .hint = add the quantity, or remove the unit
zh9549 = { $path }: the quantity “{ $value }” is not positive, or a count that is not whole
    .hint = check quantity and unit
