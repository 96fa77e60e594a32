//! Statements that share their words, in tables: those that claim the reverse, those that say the
//! same in another order, those that only name the same people. Written for these tests.

use super::{check_none, passages};
use crate::model::Label;

#[track_caller]
fn check_each_none(table: &[(&str, &str)]) {
    for (a, b) in table {
        check_none(a, b);
        check_none(b, a);
    }
}

/// Each pair says the same thing, whatever the order of its parties, and is one passage.
#[track_caller]
fn check_each_same(table: &[(&str, &str)]) {
    for (a, b) in table {
        assert_eq!(passages(a, b).len(), 1, "{a}\n{b}");
        assert_eq!(passages(b, a).len(), 1, "{b}\n{a}");
    }
}

#[test]
fn parties_that_changed_roles_claim_the_reverse() {
    check_each_none(&[
        (
            "The senator from Ohio accused the mining company of hiding records about contaminated wells.",
            "The mining company accused the senator from Ohio of hiding records about contaminated wells.",
        ),
        (
            "The union sued the shipyard over unpaid overtime at the northern docks last spring.",
            "The shipyard sued the union over unpaid overtime at the northern docks last spring.",
        ),
        (
            "Neighbours of the factory warned that the inspectors had bribed the foremen to stay silent about the leak.",
            "Neighbours of the factory warned that the foremen had bribed the inspectors to stay silent about the leak.",
        ),
        (
            "A retired teacher attacked a bus driver with an umbrella outside the crowded station in Velden.",
            "A bus driver attacked a retired teacher with an umbrella outside the crowded station in Velden.",
        ),
        (
            "The opposition voted against the regional budget after the farmers protested, a lobby group said, and the glaciers outgrew the forests.",
            "The farmers protested after the opposition voted against the regional budget, a lobby group said, and the forests outgrew the glaciers.",
        ),
        (
            "The lawyer of the gardener was arrested at the airport in Halvik with forged cheques worth millions.",
            "The gardener of the lawyer was arrested at the airport in Halvik with forged cheques worth millions.",
        ),
        (
            "Der Senator aus Altmark verklagte den Bergbaukonzern wegen verseuchter Brunnen in der Region Quellstadt.",
            "Der Bergbaukonzern verklagte den Senator aus Altmark wegen verseuchter Brunnen in der Region Quellstadt.",
        ),
        (
            "Wegen verseuchter Brunnen in der Region Quellstadt hat der Senator den Bergbaukonzern verklagt.",
            "Wegen verseuchter Brunnen in der Region Quellstadt hat der Bergbaukonzern den Senator verklagt.",
        ),
        (
            "Die Gewerkschaft hat die Werft wegen unbezahlter Überstunden in den nördlichen Docks verklagt.",
            "Die Werft hat die Gewerkschaft wegen unbezahlter Überstunden in den nördlichen Docks verklagt.",
        ),
        (
            "Le syndicat a poursuivi le chantier naval pour des heures supplémentaires impayées dans les docks du nord.",
            "Le chantier naval a poursuivi le syndicat pour des heures supplémentaires impayées dans les docks du nord.",
        ),
        (
            "El sindicato denunció a la empresa minera por ocultar informes sobre pozos contaminados.",
            "La empresa minera denunció al sindicato por ocultar informes sobre pozos contaminados.",
        ),
        (
            "Il sindacato ha denunciato la società mineraria per aver nascosto rapporti sui pozzi contaminati.",
            "La società mineraria ha denunciato il sindacato per aver nascosto rapporti sui pozzi contaminati.",
        ),
        (
            "De vakbond heeft de scheepswerf aangeklaagd wegens onbetaald overwerk in de noordelijke dokken.",
            "De scheepswerf heeft de vakbond aangeklaagd wegens onbetaald overwerk in de noordelijke dokken.",
        ),
        (
            "Сенатор из Зареченска обвинил угольную компанию в сокрытии отчётов о загрязнённых колодцах.",
            "Угольная компания обвинила сенатора из Зареченска в сокрытии отчётов о загрязнённых колодцах.",
        ),
    ]);
}

#[test]
fn parties_in_another_order_keep_their_roles() {
    check_each_same(&[
        (
            "The senator from Ohio accused the mining company of hiding records about contaminated wells.",
            "The mining company was accused by the senator from Ohio of hiding records about contaminated wells.",
        ),
        (
            "The senator met the ambassador at the harbour restaurant to discuss the stranded grain ships.",
            "The ambassador met the senator at the harbour restaurant to discuss the stranded grain ships.",
        ),
        (
            "The mine is unsafe and must close before winter, warned the inspector from Halvik in a letter to parliament.",
            "The inspector from Halvik warned in a letter to parliament that the mine is unsafe and must close before winter.",
        ),
        (
            "On Monday the shipyard dismissed forty welders because orders for ferries had collapsed.",
            "The shipyard dismissed forty welders on Monday because orders for ferries had collapsed.",
        ),
        (
            "Because orders for ferries had collapsed, the shipyard dismissed forty welders.",
            "The shipyard dismissed forty welders because orders for ferries had collapsed.",
        ),
        (
            "Der Senator aus Altmark verklagte den Bergbaukonzern wegen verseuchter Brunnen in der Region Quellstadt.",
            "Den Bergbaukonzern verklagte der Senator aus Altmark wegen verseuchter Brunnen in der Region Quellstadt.",
        ),
        (
            "Der Senator aus Altmark verklagte den Bergbaukonzern wegen verseuchter Brunnen in der Region Quellstadt.",
            "Der Bergbaukonzern wurde von dem Senator aus Altmark wegen verseuchter Brunnen in der Region Quellstadt verklagt.",
        ),
        (
            "Le syndicat a poursuivi le chantier naval pour des heures supplémentaires impayées dans les docks du nord.",
            "Le chantier naval a été poursuivi par le syndicat pour des heures supplémentaires impayées dans les docks du nord.",
        ),
        (
            "Сенатор из Зареченска обвинил угольную компанию в сокрытии отчётов о загрязнённых колодцах.",
            "Угольную компанию обвинил сенатор из Зареченска в сокрытии отчётов о загрязнённых колодцах.",
        ),
        (
            "Сенатор из Зареченска обвинил угольную компанию в сокрытии отчётов о загрязнённых колодцах.",
            "Угольная компания была обвинена сенатором из Зареченска в сокрытии отчётов о загрязнённых колодцах.",
        ),
    ]);
}

#[test]
fn people_and_their_offices_are_no_statement() {
    check_each_none(&[
        (
            "Foreign Minister Elena Varga and Defence Secretary Tomas Brandt of Norway signed a fisheries treaty in Geneva.",
            "Protesters burned an effigy of Foreign Minister Elena Varga and Defence Secretary Tomas Brandt of Norway outside the embassy.",
        ),
        (
            "The chief executive Petra Lindqvist and the former finance minister Omar Haddad bought a brewery in Malmö.",
            "A court in Lisbon acquitted the chief executive Petra Lindqvist and the former finance minister Omar Haddad of tax fraud.",
        ),
        (
            "Deputy Attorney General Rod Keller and special counsel Robert Stone of the Justice Department went fishing on Sunday.",
            "Critics wrote letters about Deputy Attorney General Rod Keller and special counsel Robert Stone of the Justice Department.",
        ),
    ]);
}

#[test]
fn people_who_do_something_are_a_statement() {
    let statement = "Prime Minister Elena Varga met President Tomas Brandt in Geneva to sign a fisheries treaty that lasts nine years.";
    let found = passages(statement, statement);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].label, Label::Verbatim);
}
