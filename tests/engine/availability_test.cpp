#include "engine/audit.h"

using namespace caseaudit;
using casebook::Which;
using Lines = std::vector<std::string>;

namespace {

const std::string stays = "child,began,ended,place\nA,2024-01-01,2024-02-01,home\nB,2024-01-01,,home\n";

std::string counts(const std::string& body, const std::string& rows = stays) {
    Audit audit("rules:\n" + rule("r", body));
    return audit.table("stays", rows).run().counts("r");
}

}  // namespace

TEST_CASE("a rule is skipped when the extract lacks a table or column that it reads, and says which") {
    CHECK(counts("for_each: stays\nassert: present(ended)") == "ran: 2 = 1 passed + 1 failed + 0 undecided");
    CHECK(counts("for_each: visits\nassert: present(made)") == "skipped: the extract lacks table Visits");
    CHECK(counts("for_each: stays\nassert: present(ended)", "child,began\nA,2024-01-01\n") ==
          "skipped: the extract lacks column ended of table Stays");
    CHECK(counts("for_each: stays\nassert: visits.exists(v, v.made >= began) || present(miles)") ==
          "skipped: the extract lacks column miles of table Stays, table Visits");
    CHECK(counts("for_each: stays\nwhere: present(prior.children.born)\nassert: present(ended)") ==
          "skipped: the extract lacks table Children of the prior extract");
    CHECK(counts("for_each: stays\nassert: present(ended)\ncontext: [visits]") ==
          "skipped: the extract lacks table Visits");
}

TEST_CASE("a table with no rows is there all the same") {
    CHECK(counts("for_each: stays\nassert: present(ended)", "child,began,ended,place\n") ==
          "ran: 0 = 0 passed + 0 failed + 0 undecided");
}

TEST_CASE("what a rule calls optional may be absent, and is then empty or missing") {
    CHECK(counts("for_each: stays\noptional: [visits]\nassert: visits.exists()") ==
          "ran: 2 = 0 passed + 2 failed + 0 undecided");
    CHECK(counts("for_each: stays\noptional: [stays.miles]\nassert: miles < 20") ==
          "ran: 2 = 0 passed + 0 failed + 2 undecided");
    CHECK(counts("for_each: stays\noptional: [prior.stays]\nassert: prior.stays.count() == 0") ==
          "ran: 2 = 2 passed + 0 failed + 0 undecided");
    CHECK(counts("for_each: stays\noptional: [prior.visits]\nassert: prior.stays.count() == 0") ==
          "skipped: the extract lacks table Stays of the prior extract");
}

TEST_CASE("of tables that a rule calls optional in one entry one at least must be there") {
    const std::string either =
        "for_each: stays\noptional: [prior.visits or prior.children]\n"
        "where: prior.visits.exists() || present(prior.children.born)\nassert: present(ended)";
    CHECK(counts(either) ==
          "skipped: the extract lacks table Visits of the prior extract or table Children of the "
          "prior extract");
    Audit audit("rules:\n" + rule("r", either));
    audit.table("stays", stays).table("visits", "child,made,hours\nB,2024-03-01,2\n", Which::prior);
    CHECK(audit.run().counts("r") == "ran: 1 = 0 passed + 1 failed + 0 undecided");
    Audit other("rules:\n" + rule("r", either));
    other.table("stays", stays).table("children", "child,born\nA,2014-03-01\n", Which::prior);
    CHECK(other.run().counts("r") == "ran: 1 = 1 passed + 0 failed + 0 undecided");
}

TEST_CASE("what only a message mentions never keeps a rule from running") {
    CHECK(counts("for_each: stays\nassert: present(ended)\nmessage: Visits {visits.count()}, {miles} miles.\n"
                 "responsible: workers['W1'].team") == "ran: 2 = 1 passed + 1 failed + 0 undecided");
}

TEST_CASE("a rule over several tables runs over those that are there") {
    Audit audit("rules:\n" + rule("r", "for_each: [stays, visits]\nassert: child == 'A'"));
    audit.table("stays", stays);
    CHECK(audit.run().counts("r") == "ran: 2 = 1 passed + 1 failed + 0 undecided");
    CHECK(audit.table("visits", "child,made,hours\nB,2024-03-01,2\n").run().counts("r") ==
          "ran: 3 = 1 passed + 2 failed + 0 undecided");
    Audit none("rules:\n" + rule("r", "for_each: [stays, visits]\nassert: child == 'A'"));
    CHECK(none.run().counts("r") == "skipped: the extract lacks table Stays");
}

TEST_CASE("a rule that is disabled or not in force is skipped with the reason") {
    const std::string effective = "effective: {from: 2024-04-01, to: 2024-09-30}\n";
    Audit audit("rules:\n" + rule("r", "for_each: stays\nassert: present(ended)\n" + effective));
    audit.table("stays", stays);
    CHECK(audit.as_at("2024-03-31").run().counts("r") == "skipped: in force only from 2024-04-01");
    CHECK(audit.as_at("2024-04-01").run().outcome("r").status == Status::ran);
    CHECK(audit.as_at("2024-09-30").run().outcome("r").status == Status::ran);
    CHECK(audit.as_at("2024-10-01").run().counts("r") == "skipped: in force only until 2024-09-30");
    audit.pack().pack.rules[0].disabled = true;
    audit.pack().pack.rules[0].disabled_by = "north";
    CHECK(audit.run().counts("r") == "skipped: disabled by pack north");
}
