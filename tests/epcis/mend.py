"""GS1's OpenAPI file of the REST binding, mended where it is wrong, so that requests can be made from it and answers held against it.

    mend.py openapi.json mended.json

Every change stands in this file with its reason; nothing else is left out.
"""

import json
import sys

source, target = sys.argv[1:]
with open(source, encoding="utf-8") as file:
    document = json.load(file)
schemas = document["components"]["schemas"]
responses = document["components"]["responses"]
paths = document["paths"]

# The patterns of schedules use \g<…>, which no engine of JSON Schema knows, and write [0-59] for the numbers 0 to 59.
for name in ("Second", "Minute", "Hour", "DayOfMonth", "Month", "DayOfWeek"):
    schemas[f"GS1-Query-{name}"].pop("pattern", None)

# 409 declares the status 406 in its body.
for media in responses["409ResourceAlreadyExistsException"]["content"].values():
    for part in media["schema"]["allOf"]:
        if "status" in part.get("properties", {}):
            part["properties"]["status"]["enum"] = [409]

# The XML of 415 misspells the exception (IUnsupportedMediaTypeException).
for media in responses["415UnsupportedMediaType"]["content"].values():
    for part in media["schema"]["allOf"]:
        if "type" in part.get("properties", {}):
            part["properties"]["type"]["enum"] = ["epcisException:UnsupportedMediaTypeException"]

# Subscriptions require `secret`; the property is `signatureToken`, and a receiver may do without.
schemas["AbstractQuerySubscription"]["required"] = ["dest"]

# A wrong subscription is a problem document; the file has plain application/json for it.
wrong = responses["400SubscriptionIssues"]["content"]
wrong["application/problem+json"] = wrong.pop("application/json")
wrong["application/problem+xml"] = wrong.pop("application/xml")

# GET /queries/{queryName} is said to answer a list; its text and its example have one definition.
one = paths["/queries/{queryName}"]["get"]["responses"]["200"]["content"]["application/json"]
if one["schema"].get("type") == "array":
    one["schema"] = one["schema"]["items"]

# Answers that must be possible wherever somebody asks wrongly are declared at some operations only.
problem = {
    "description": "A problem.",
    "content": {
        media: {"schema": {"$ref": "#/components/schemas/RFC7807ProblemResponseBody"}}
        for media in ("application/problem+json", "application/problem+xml")
    },
}
for path, operations in paths.items():
    for method, operation in operations.items():
        if method not in ("get", "post", "delete", "options"):
            continue
        declared = operation["responses"]
        # 400: an unknown parameter, a body that is not what it should be. 404: a path of which a part names nothing.
        # 413: a body over the limit. 414: an address over the limit. 429, 501 and 503: limits of the server.
        for status in ("400", "401", "403", "404", "406", "413", "414", "415", "429", "501", "503"):
            declared.setdefault(status, problem)
        # Bodies of documents and events are taken in XML, too; requests are made in JSON, whose schema is here.

# `uri` as a format: EPCs of the examples (urn:epc:…) are URIs; Link is a header of RFC 8288 and no URI at all.
schemas["Link"].pop("format", None)

# The value of a header is a text, not an object: prefixes are written `a=https://…,b=…`.
schemas["GS1-Extensions"]["type"] = "string"
schemas["GS1-Extensions"].pop("example", None)

# A job has errors or the address of a file with errors, or neither; without `required` every job fits both of `oneOf`.
for part in schemas["CaptureJob"]["allOf"]:
    if "oneOf" in part:
        part["anyOf"] = part.pop("oneOf")

# 400 of the lists of subscriptions and of a query's events is said to be about subscriptions alone; a page's size can be wrong, too.
for media in responses["400SubscriptionIssues"]["content"].values():
    for part in media["schema"]["allOf"]:
        if "type" in part.get("properties", {}):
            part["properties"]["type"]["enum"].append("epcisException:QueryParameterException")


def plain(parameter):
    """Texts to compare with are any texts: what names nothing fits nothing, and is no error of form."""
    schema = parameter.get("schema", {})
    if parameter.get("in") == "query" and schema.get("type") == "array":
        schema["items"] = {"type": "string"}
    # The same for the parts of an address; what names nothing is 404, and OPTIONS tells of the address, not of the thing.
    if parameter.get("in") == "path":
        parameter["schema"] = {"type": "string", "minLength": 1}


for parameter in document["components"]["parameters"].values():
    plain(parameter)
for operations in paths.values():
    for method, operation in operations.items():
        for parameter in operation if method == "parameters" else operation.get("parameters", []):
            plain(parameter)

# `all` is the server's word for this header, by the file's own text.
schemas["GS1-Capture-Error-Behaviour"]["enum"] = ["rollback", "proceed", "all"]

with open(target, "w", encoding="utf-8") as file:
    json.dump(document, file)
