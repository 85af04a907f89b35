//! Version 1.2: what came after it goes into `extension` elements, in the places that its schema leaves open.

use crate::node::Node;

/// Fields that 1.2 has in the first `extension` of an event.
const FIRST: [&str; 5] = ["quantityList", "childQuantityList", "sourceList", "destinationList", "ilmd"];

/// An event of version 2.0 as one of version 1.2, wrapped as its kind demands.
pub(super) fn wrap_event(mut event: Node) -> Node {
    let kind = event.name.local.clone();
    let is_standard = event.name.space.is_empty();
    if !is_standard {
        return event;
    }
    let children = std::mem::take(&mut event.children);
    let (mut base, mut base_later, mut first, mut second, mut main, mut own) =
        (Vec::new(), Vec::new(), Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for node in children {
        let name = node.name.local.as_ref();
        if !node.name.space.is_empty() {
            own.push(node);
            continue;
        }
        // transformations and associations came with, or after, the version that had these fields
        let has_first = matches!(kind.as_ref(), "ObjectEvent" | "AggregationEvent" | "TransactionEvent");
        match name {
            "eventID" | "errorDeclaration" => base.push(node),
            "certificationInfo" => base_later.push(node),
            name if FIRST.contains(&name) && has_first => first.push(node),
            "sensorElementList" | "persistentDisposition" if kind != "AssociationEvent" => second.push(node),
            _ if is_known(name) => main.push(node),
            // a name of somebody's own without a namespace
            _ => second.push(node),
        }
    }
    if !base_later.is_empty() {
        base.push(Node::above("extension", base_later));
    }
    let zone =
        main.iter().position(|node| node.name.is("eventTimeZoneOffset")).map_or(main.len(), |at| at + 1);
    if !base.is_empty() {
        main.insert(zone, Node::above("baseExtension", base));
    }
    if !second.is_empty() {
        let wrapped = Node::above("extension", second);
        if kind == "TransformationEvent" || kind == "AssociationEvent" {
            main.push(wrapped);
        } else {
            first.push(wrapped);
        }
    }
    if !first.is_empty() {
        main.push(Node::above("extension", first));
    }
    main.extend(own);
    event.children = main;
    match kind.as_ref() {
        "TransformationEvent" => Node::above("extension", vec![event]),
        "AssociationEvent" => Node::above("extension", vec![Node::above("extension", vec![event])]),
        _ => event,
    }
}

/// The fields that stand in the event itself.
fn is_known(name: &str) -> bool {
    matches!(
        name,
        "eventTime"
            | "recordTime"
            | "eventTimeZoneOffset"
            | "epcList"
            | "parentID"
            | "childEPCs"
            | "childQuantityList"
            | "inputEPCList"
            | "inputQuantityList"
            | "outputEPCList"
            | "outputQuantityList"
            | "transformationID"
            | "action"
            | "bizStep"
            | "disposition"
            | "readPoint"
            | "bizLocation"
            | "bizTransactionList"
            | "sourceList"
            | "destinationList"
            | "sensorElementList"
            | "ilmd"
    )
}
