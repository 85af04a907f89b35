//! One day of one plant: deliveries, the tank, finished lots, and their way to the shops.

use super::{
    Chance, Kind, LOTS, PALLET, PIECES, Plan, SHOPS, SUPPLIERS, TOTE, WEEK, at, event, kilograms, log, lot,
    lot_of_pieces, place, sent, sscc,
};
use crate::event::{Action, ErrorDeclaration, Event, EventKind};

/// A plant on a day.
pub(super) struct Plant {
    plan: Plan,
    plant: u64,
    day: u64,
    chance: Chance,
    out: Vec<Event>,
}

/// Kilograms that a supplier delivers; all of them and the premix fill the tank.
const DELIVERED: u64 = 1000;
/// Kilograms of premix a plant and day.
const PREMIX: u64 = 20;
/// Kilograms that stay in the tank.
const HEEL: u64 = 3000;

/// The premix of a week, made of two ingredients for all plants.
pub(super) fn premix(plan: Plan, week: u64) -> Vec<Event> {
    let day = week * WEEK;
    let maker = place(29_999);
    let amount = plan.plants * WEEK * PREMIX;
    let parts = [0, 1].map(|n| lot(plan.code(5), &format!("I{week}-{n}")));
    let mut out = Vec::new();
    for part in &parts {
        let mut made = event(EventKind::Object, Some(Action::Add), at(day, 0), "commissioning", &maker);
        made.quantities = vec![kilograms(part, amount / 2 + 1)];
        out.push(made);
    }
    let mut mixed = event(EventKind::Transformation, None, at(day, 600), "commissioning", &maker);
    mixed.input_quantities = parts.iter().map(|part| kilograms(part, amount / 2 + 1)).collect();
    mixed.output_quantities = vec![kilograms(&plan.premix_lot(week), amount)];
    out.push(mixed);
    for plant in 0..plan.plants {
        let home = place(10_000 + plant);
        let used = WEEK.min(plan.days - day) * PREMIX;
        let amounts = vec![kilograms(&plan.premix_lot(week), used)];
        let mut shipped =
            sent(event(EventKind::Object, Some(Action::Observe), at(day, 900), "shipping", &maker), &home);
        shipped.quantities.clone_from(&amounts);
        let mut received = event(EventKind::Object, Some(Action::Observe), at(day, 3600), "receiving", &home);
        received.quantities = amounts;
        out.extend([shipped, received]);
    }
    named(plan, [u64::MAX, week], &mut out);
    out
}

/// Gives events their identifiers.
fn named(plan: Plan, of: [u64; 2], events: &mut [Event]) {
    for (event, n) in events.iter_mut().zip(0_u32..) {
        if event.id.is_none() {
            let kind = if plan.kind == Kind::Dairy { "d" } else { "l" };
            let [plant, day] = of.map(|part| part & 0xffff_ffff);
            event.id = Some(format!("urn:zhiheng:example:{kind}:{}:{plant:x}:{day:x}:{n:x}", plan.seed));
        }
    }
}

impl Plant {
    pub(super) fn new(plan: Plan, plant: u64, day: u64) -> Plant {
        let chance = Chance::new(plan.seed, [plant, day]);
        Plant { plan, plant, day, chance, out: Vec::new() }
    }

    /// All events of the day, and of its goods afterwards.
    pub(super) fn events(mut self) -> Vec<Event> {
        self.deliveries();
        self.tank();
        for lot in 0..LOTS {
            self.finished(lot);
        }
        named(self.plan, [self.plant, self.day], &mut self.out);
        self.mistakes();
        self.out
    }

    fn home(&self) -> String {
        place(10_000 + self.plant)
    }

    fn see(&mut self, action: Action, seconds: u64, step: &str, site: &str) -> &mut Event {
        let made = event(EventKind::Object, Some(action), at(self.day, seconds), step, site);
        self.push(made)
    }

    fn push(&mut self, event: Event) -> &mut Event {
        self.out.push(event);
        let last = self.out.len() - 1;
        &mut self.out[last]
    }

    fn deliveries(&mut self) {
        let home = self.home();
        for supplier in 0..SUPPLIERS {
            let farm = place((self.plant * SUPPLIERS + supplier) % 10_000);
            let amounts = vec![kilograms(&self.plan.raw_lot(self.plant, supplier, self.day), DELIVERED)];
            let minute = 60 * supplier;
            self.see(Action::Add, 4 * 3600 + minute, "commissioning", &farm).quantities.clone_from(&amounts);
            let shipped = event(
                EventKind::Object,
                Some(Action::Observe),
                at(self.day, 5 * 3600 + minute),
                "shipping",
                &farm,
            );
            self.push(sent(shipped, &home)).quantities.clone_from(&amounts);
            self.see(Action::Observe, 7 * 3600 + minute, "receiving", &home).quantities = amounts;
        }
    }

    fn in_tank(&self, day: u64) -> String {
        lot(self.plan.code(3), &format!("T{}-{day}", self.plant))
    }

    /// The tank: deliveries, premix, and what stayed in it since yesterday unless it was cleaned.
    fn tank(&mut self) {
        let home = self.home();
        let mut filled =
            event(EventKind::Transformation, None, at(self.day, 9 * 3600), "commissioning", &home);
        let raw = (0..SUPPLIERS).map(|supplier| self.plan.raw_lot(self.plant, supplier, self.day));
        filled.input_quantities = raw.map(|raw| kilograms(&raw, DELIVERED)).collect();
        let premix = self.plan.premix_lot(self.day / WEEK);
        let without_lot = self.chance.once_in(self.plan.faults.no_lot);
        let premix = if without_lot { premix.split("/10/").next().unwrap_or_default() } else { &premix };
        filled.input_quantities.push(kilograms(premix, PREMIX));
        let mut total = SUPPLIERS * DELIVERED + PREMIX;
        if !self.day.is_multiple_of(WEEK) {
            filled.input_quantities.push(kilograms(&self.in_tank(self.day - 1), HEEL));
            total += HEEL;
        }
        filled.output_quantities = vec![kilograms(&self.in_tank(self.day), total)];
        self.push(filled);
    }

    /// A finished lot: out of the tank, into cartons, onto pallets, to the warehouse, in totes to the shops.
    fn finished(&mut self, n: u64) {
        let (plan, home) = (self.plan, self.home());
        let lot = plan.finished_lot(self.plant, self.day, n);
        let hour = 12 * 3600 + n * 3600;
        let amount = (SUPPLIERS * DELIVERED + PREMIX - HEEL) / LOTS;
        let mut made = event(EventKind::Transformation, None, at(self.day, hour), "commissioning", &home);
        made.input_quantities = vec![kilograms(&self.in_tank(self.day), amount)];
        made.output_quantities = vec![kilograms(&lot, amount)];
        self.push(made);
        let pieces: Vec<String> =
            (0..PIECES).map(|piece| plan.piece(self.plant, self.day, n, piece)).collect();
        let packed = self.see(Action::Add, hour + 600, "commissioning", &home);
        packed.epcs.clone_from(&pieces);
        packed.ilmd = Some(lot_of_pieces(&lot));
        let first = (self.plant * plan.days + self.day) * LOTS + n;
        let unit = first * (PIECES / PALLET + PIECES / TOTE);
        for (pallet, cartons) in
            pieces.chunks(PALLET as usize).zip(unit..).map(|(cartons, id)| (sscc(id), cartons))
        {
            self.pack(&pallet, cartons, hour + 1200, &home);
            self.carry(&pallet, hour + 1800);
        }
        for (cartons, id) in pieces.chunks(TOTE as usize).zip(unit + PIECES / PALLET..) {
            self.deliver(&sscc(id), cartons, hour + 86_400);
        }
    }

    fn pack(&mut self, container: &str, inside: &[String], seconds: u64, site: &str) {
        let mut packed =
            event(EventKind::Aggregation, Some(Action::Add), at(self.day, seconds), "packing", site);
        packed.parent = Some(container.to_owned());
        packed.children = inside.to_vec();
        self.push(packed);
    }

    fn unpack(&mut self, container: &str, seconds: u64, site: &str) {
        let mut opened =
            event(EventKind::Aggregation, Some(Action::Delete), at(self.day, seconds), "unpacking", site);
        opened.parent = Some(container.to_owned());
        self.push(opened);
    }

    /// A pallet's way to the warehouse, with its temperatures if there is a cold chain.
    fn carry(&mut self, pallet: &str, seconds: u64) {
        let (home, store) = (self.home(), place(30_000 + self.plant % 50));
        let shipped =
            event(EventKind::Object, Some(Action::Observe), at(self.day, seconds), "shipping", &home);
        self.push(sent(shipped, &store)).epcs = vec![pallet.to_owned()];
        if self.plan.kind == Kind::Dairy {
            let is_warm = self.chance.once_in(self.plan.faults.warm);
            let readings = log(&at(self.day, seconds), 16, &mut self.chance, is_warm);
            let mut read = event(
                EventKind::Object,
                Some(Action::Observe),
                at(self.day, seconds + 14_400),
                "sensor_reporting",
                &store,
            );
            read.biz_location = None;
            read.epcs = vec![pallet.to_owned()];
            read.sensors = readings;
            self.push(read);
        }
        self.see(Action::Observe, seconds + 14_500, "receiving", &store).epcs = vec![pallet.to_owned()];
        self.unpack(pallet, seconds + 18_000, &store);
    }

    /// A tote's way to a shop, where most of it is sold.
    fn deliver(&mut self, tote: &str, cartons: &[String], seconds: u64) {
        let store = place(30_000 + self.plant % 50);
        let shop = place(40_000 + self.chance.below(SHOPS));
        self.pack(tote, cartons, seconds, &store);
        let shipped =
            event(EventKind::Object, Some(Action::Observe), at(self.day, seconds + 600), "shipping", &store);
        self.push(sent(shipped, &shop)).epcs = vec![tote.to_owned()];
        if self.chance.once_in(self.plan.faults.lost) {
            return;
        }
        self.see(Action::Observe, seconds + 10_000, "receiving", &shop).epcs = vec![tote.to_owned()];
        self.unpack(tote, seconds + 11_000, &shop);
        let n_sold = self.chance.below(TOTE) as usize;
        if n_sold > 0 {
            let sold = self.see(Action::Observe, seconds + 40_000, "retail_selling", &shop);
            sold.epcs = cartons.iter().take(n_sold).cloned().collect();
            sold.disposition = Some("retail_sold".to_owned());
        }
    }

    /// Some events are declared wrong a day later; another one holds instead.
    fn mistakes(&mut self) {
        let mut more = Vec::new();
        for event in &self.out {
            let is_reading = event.kind == EventKind::Object && event.action == Some(Action::Observe);
            if !is_reading || !self.chance.once_in(self.plan.faults.wrong) {
                continue;
            }
            let id = event.id.clone().unwrap_or_default();
            let mut right = event.clone();
            right.id = Some(format!("{id}:right"));
            right.time = at(self.day, 86_400 * 2 + more.len() as u64);
            let mut declared = event.clone();
            declared.error = Some(ErrorDeclaration {
                time: at(self.day, 86_400 * 3),
                reason: Some("incorrect_data".to_owned()),
                corrective: right.id.iter().cloned().collect(),
                extensions: Vec::new(),
            });
            more.extend([right, declared]);
        }
        self.out.extend(more);
    }
}
