// Errors before, at and after a review: reports, forms, invitations, who came, minutes.
#include "generate/service_planting.h"

namespace caseaudit::generate::service {
namespace {

bool any_review(const Held&) {
    return true;
}
bool can_speak(const Held& held) {  // asked for a form, and given a code other than PN0
    return held.age >= 4;
}
bool has_carer(const Held& held) {
    std::string_view type;
    for (const Stay& stay : held.care->stays)
        if (stay.start <= held.meeting->date) type = stay.type;
    return type != "H5";
}

using Suits = bool (*)(const Held&);

// The document is not there.
bool lacks(Planting& planting, std::string_view rule, std::string_view kind, Suits suits = any_review) {
    const auto held = planting.held(
        [&](const Held& each) { return suits(each) && planting.document(each, kind) != no_row; });
    if (!held) return false;
    planting.remove_documents(*held, kind);
    return planting.report(rule, Table::reviews, held->row);
}

// The document is completed so many days after the review, which may be a negative number.
bool completed(Planting& planting, std::string_view rule, std::string_view kind, int days,
               Suits suits = any_review) {
    const auto held = planting.held([&](const Held& each) {
        return suits(each) && planting.past(each.meeting->date + days) &&
               planting.document(each, kind) != no_row;
    });
    if (!held) return false;
    const std::size_t row = planting.document(*held, kind);
    const Day day = held->meeting->date + days;
    planting.at(Table::documents, row, documents::completed) = Value::date(day);
    planting.at(Table::documents, row, documents::distributed) = Value::date(day);
    return planting.report(rule, Table::reviews, held->row);
}

// A record of the review is written down wrongly; the document is reported.
template <class Spoil>
bool document_error(Planting& planting, std::string_view rule, std::string_view kind, Suits suits,
                    const Spoil& spoil) {
    const auto held = planting.held([&](const Held& each) {
        const std::size_t row = planting.document(each, kind);
        return suits(each) && planting.past(each.meeting->date + 45) && row != no_row &&
               !planting.at(Table::documents, row, documents::completed).blank();
    });
    if (!held) return false;
    const std::size_t row = planting.document(*held, kind);
    spoil(*held, planting.at(Table::documents, row, documents::completed),
          planting.at(Table::documents, row, documents::distributed));
    return planting.report(rule, Table::documents, row);
}

bool minutes_late(Planting& planting, std::string_view rule, bool only_distribution) {
    const auto held = planting.held([&](const Held& each) {
        return planting.past(each.meeting->date + 45) && planting.document(each, "minutes") != no_row;
    });
    if (!held) return false;
    const std::size_t row = planting.document(*held, "minutes");
    if (!only_distribution)
        planting.at(Table::documents, row, documents::completed) = Value::date(held->meeting->date + 40);
    planting.at(Table::documents, row, documents::distributed) = Value::date(held->meeting->date + 45);
    return planting.report(rule, Table::reviews, held->row);
}

bool absent(Planting& planting, std::string_view rule, std::initializer_list<std::string_view> roles) {
    const auto held = planting.held(any_review);
    if (!held) return false;
    for (const std::string_view role : roles)
        if (const std::size_t row = planting.attendance_row(*held, role); row != no_row)
            planting.at(Table::attendance, row, attendance::attended) = "N";
    return planting.report(rule, Table::reviews, held->row);
}

bool coded(Planting& planting, std::string_view rule, Value code, Suits suits) {
    const auto held = planting.held(suits);
    if (!held) return false;
    planting.at(Table::reviews, held->row, reviews::participation) = code;
    return planting.report(rule, Table::reviews, held->row);
}

bool attendance_unrecorded(Planting& planting) {
    const auto held = planting.held(any_review);
    if (!held) return false;
    const Value review = planting.at(Table::reviews, held->row, reviews::id);
    planting.remove_where(Table::attendance, [&](std::size_t row) {
        return planting.at(Table::attendance, row, attendance::review).same(review);
    });
    return planting.report("review-attendance-not-recorded", Table::reviews, held->row);
}

bool attendance_contradicted(Planting& planting) {
    const auto held =
        planting.held([&](const Held& each) { return planting.attendance_row(each, "child") != no_row; });
    if (!held) return false;
    Value& attended =
        planting.at(Table::attendance, planting.attendance_row(*held, "child"), attendance::attended);
    attended = Value::flag(attended == "N");
    return planting.report("participation-contradicts-attendance", Table::reviews, held->row);
}

bool views_not_conveyed(Planting& planting) {
    const auto held = planting.held([&](const Held& each) {
        const Value& code = planting.at(Table::reviews, each.row, reviews::participation);
        return code == "PN5" || code == "PN6";
    });
    if (!held) return false;
    planting.at(Table::reviews, held->row, reviews::participation) = "PN7";
    return planting.report("childs-views-not-conveyed", Table::reviews, held->row);
}

bool not_consulted(Planting& planting) {
    const auto held = planting.held(can_speak);
    if (!held) return false;
    planting.remove_documents(*held, "child_consultation");
    planting.remove_where(Table::oversight, [&](std::size_t row) {
        const Day day = planting.at(Table::oversight, row, oversight::date).day();
        return held->meeting->date - 42 <= day && day <= held->meeting->date;
    });
    return planting.report("child-not-consulted-before-review", Table::reviews, held->row);
}

bool without_any_report(Planting& planting) {
    const auto held = planting.held(any_review);
    if (!held) return false;
    planting.remove_documents(*held, "pre_meeting_report");
    planting.remove_documents(*held, "social_work_report");
    planting.report("pre-meeting-report-missing", Table::reviews, held->row);
    return planting.report("social-work-report-missing", Table::reviews, held->row);
}

bool late_consultation(Planting& planting) {
    return document_error(
        planting, "consultation-documents-shared-late", "parent_consultation",
        [](const Held& held) { return held.meeting->in_period > 1; },
        [](const Held& held, Value&, Value& distributed) {
            distributed = Value::date(held.meeting->date - 12);
        });
}

bool no_child_friendly_minutes(Planting& planting) {
    const auto held = planting.held([&](const Held& each) {
        return planting.past(each.meeting->date + 45) &&
               planting.document(each, "child_friendly_minutes") != no_row && each.age >= 9;
    });
    if (!held) return false;
    planting.remove_documents(*held, "child_friendly_minutes");
    return planting.report("child-friendly-minutes-not-offered", Table::reviews, held->row);
}

using P = Planting;
constexpr Planter rare[] = {
    [](P& p) {
        return coded(p, "participation-code-for-child-under-four", "PN6",
                     [](const Held& held) { return held.age < 4; });
    },
    [](P& p) {
        const std::size_t row = p.any(Table::documents, [&](std::size_t each) {
            return p.at(Table::documents, each, documents::kind) == "child_friendly_minutes" &&
                   p.at(Table::documents, each, documents::declined) == "Y";
        });
        if (row == no_row) return false;
        const Value review = p.at(Table::documents, row, documents::review);
        for (std::size_t each = 0; each < p.count(Table::reviews); ++each)
            if (p.at(Table::reviews, each, reviews::id).same(review) &&
                !p.past(p.at(Table::reviews, each, reviews::date).day() + 45))
                return false;
        p.at(Table::documents, row, documents::declined) = "N";
        return p.report("child-friendly-minutes-refusal-not-recorded", Table::documents, row);
    },
};
constexpr Planter common[] = {
    [](P& p) { return lacks(p, "pre-meeting-report-missing", "pre_meeting_report"); },
    [](P& p) { return completed(p, "pre-meeting-report-late", "pre_meeting_report", -1); },
    without_any_report,
    [](P& p) { return completed(p, "care-plan-not-submitted-before-review", "care_plan", 0); },
    [](P& p) { return lacks(p, "child-consultation-form-missing", "child_consultation", can_speak); },
    [](P& p) { return completed(p, "child-consultation-form-late", "child_consultation", 0, can_speak); },
    [](P& p) { return lacks(p, "parent-consultation-form-missing", "parent_consultation"); },
    [](P& p) { return completed(p, "parent-consultation-form-late", "parent_consultation", 0); },
    [](P& p) { return lacks(p, "carer-consultation-form-missing", "carer_consultation", has_carer); },
    [](P& p) { return completed(p, "carer-consultation-form-late", "carer_consultation", -2, has_carer); },
    late_consultation,
    [](P& p) { return lacks(p, "invitation-not-sent", "invitation"); },
    [](P& p) { return absent(p, "social-worker-absent", {"social_worker"}); },
    [](P& p) {
        return absent(p, "parents-absent-from-review", {"mother", "father"});
    },
    attendance_unrecorded,
    attendance_contradicted,
    views_not_conveyed,
    not_consulted,
    [](P& p) { return coded(p, "participation-code-missing", {}, any_review); },
    [](P& p) { return coded(p, "participation-under-four-code-for-older-child", "PN0", can_speak); },
    [](P& p) { return completed(p, "review-outcomes-late", "outcomes", 16); },
    [](P& p) { return minutes_late(p, "review-minutes-late", false); },
    [](P& p) { return minutes_late(p, "review-minutes-distributed-late", true); },
    no_child_friendly_minutes,
    [](P& p) {
        return document_error(p, "record-dated-before-its-review", "minutes", any_review,
                              [](const Held& held, Value& completed_on, Value&) {
                                  completed_on = Value::date(held.meeting->date - 3);
                              });
    },
    [](P& p) {
        return document_error(p, "document-distributed-before-completed", "minutes", any_review,
                              [](const Held&, Value& completed_on, Value& distributed) {
                                  distributed = Value::date(completed_on.day() - 2);
                              });
    },
};

}  // namespace

Planters review_planters() {
    return {rare, common};
}

}  // namespace caseaudit::generate::service
