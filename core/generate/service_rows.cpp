#include "generate/service_rows.h"

#include <charconv>

namespace caseaudit::generate::service {
namespace {

void append_number(std::string& text, std::int64_t number) {
    char digits[24];
    const std::to_chars_result result = std::to_chars(digits, digits + sizeof digits, number);
    text.append(digits, result.ptr);
}

void append_day(std::string& text, Day day) {
    const calendar::Civil civil = calendar::civil(day);
    char iso[10];
    const auto digits = [&](int at, int value, int count) {
        for (int i = count - 1; i >= 0; --i, value /= 10) iso[at + i] = static_cast<char>('0' + value % 10);
    };
    digits(0, civil.year, 4);
    iso[4] = iso[7] = '-';
    digits(5, civil.month, 2);
    digits(8, civil.day, 2);
    text.append(iso, sizeof iso);
}

void append_hundredths(std::string& text, std::int64_t number) {
    append_number(text, number / 100);
    text += '.';
    text += static_cast<char>('0' + number / 10 % 10);
    text += static_cast<char>('0' + number % 10);
}

void append_word(std::string& text, std::string_view word) {
    if (word.find_first_of(",\"\n") == word.npos) {
        text += word;
        return;
    }
    text += '"';
    for (const char c : word) {
        if (c == '"') text += '"';
        text += c;
    }
    text += '"';
}

}  // namespace

void Value::append_to(std::string& text) const {
    switch (kind_) {
        case Kind::blank:
            return;
        case Kind::day:
            return append_day(text, day());
        case Kind::number:
            return append_number(text, number_);
        case Kind::hundredths:
            return append_hundredths(text, number_);
        case Kind::word:
            return append_word(text, word());
        case Kind::id:
            for (const char c : prefix_)
                if (c) text += c;
            append_number(text, number_);
            if (size_ == 0) return;
            text += '-';
            return append_number(text, size_);
    }
}

std::size_t Rows::add(Table table, std::initializer_list<Value> values) {
    std::vector<Value>& all = cells(table);
    const std::size_t row = count(table);
    all.insert(all.end(), values.begin(), values.end());
    all.resize((row + 1) * shape(table).columns);
    return row;
}

std::size_t Rows::copy(Table table, std::size_t row) {
    std::vector<Value>& all = cells(table);
    const std::size_t columns = shape(table).columns, added = count(table);
    all.resize(all.size() + columns);
    for (std::size_t i = 0; i < columns; ++i) all[added * columns + i] = all[row * columns + i];
    return added;
}

void Rows::remove(Table table, std::size_t row) {
    std::vector<Value>& all = cells(table);
    const auto columns = static_cast<std::ptrdiff_t>(shape(table).columns);
    const auto at = all.begin() + static_cast<std::ptrdiff_t>(row) * columns;
    all.erase(at, at + columns);
}

void Rows::append_to(Table table, std::string& text) const {
    const std::size_t columns = shape(table).columns;
    std::size_t column = 0;
    for (const Value& value : cells(table)) {
        value.append_to(text);
        const bool last = ++column == columns;
        text += last ? '\n' : ',';
        if (last) column = 0;
    }
}

const TableShape& shape(Table table) {
    static constexpr TableShape shapes[table_count] = {
        {"ssd_person",
         "pers_person_id,pers_forename,pers_surname,pers_sex,pers_gender,pers_ethnicity,pers_dob,pers_common_"
         "child_id,pers_legacy_id,pers_upn_unknown,pers_send_flag,pers_expected_dob,pers_death_date,pers_is_"
         "mother,pers_nationality",
         15},
        {"ssd_cla_episodes",
         "clae_cla_episode_id,clae_person_id,clae_cla_episode_start_date,clae_cla_episode_start_reason,clae_"
         "cla_primary_need_code,clae_cla_episode_ceased_date,clae_cla_episode_ceased_reason,clae_cla_id,clae_"
         "referral_id,clae_cla_placement_id,clae_entered_care_date,clae_cla_last_iro_contact_date",
         12},
        {"ssd_cla_placement",
         "clap_cla_placement_id,clap_cla_placement_start_date,clap_cla_placement_type,clap_cla_placement_urn,"
         "clap_cla_placement_distance,clap_cla_id,clap_cla_placement_provider,clap_cla_placement_postcode,"
         "clap_cla_placement_end_date,clap_cla_placement_change_reason,clap_person_id",
         11},
        {"ssd_cla_reviews",
         "clar_cla_review_id,clar_cla_id,clar_cla_review_due_date,clar_cla_review_date,clar_cla_review_"
         "cancelled,clar_cla_review_participation",
         6},
        {"ssd_cla_visits",
         "clav_cla_visit_id,clav_cla_id,clav_person_id,clav_cla_visit_date,clav_cla_visit_seen,clav_cla_"
         "visit_seen_alone",
         6},
        {"ssd_cla_health",
         "clah_health_check_id,clah_person_id,clah_health_check_type,clah_health_check_date,clah_health_"
         "check_status",
         5},
        {"ssd_legal_status",
         "lega_legal_status_id,lega_person_id,lega_legal_status,lega_legal_status_start_date,lega_legal_"
         "status_end_date",
         5},
        {"ssd_care_leavers",
         "clea_table_id,clea_person_id,clea_care_leaver_eligibility,clea_care_leaver_in_touch,clea_care_"
         "leaver_latest_contact,clea_care_leaver_accommodation,clea_care_leaver_accom_suitable,clea_care_"
         "leaver_activity,clea_pathway_plan_review_date,clea_care_leaver_personal_advisor,clea_care_leaver_"
         "allocated_team,clea_care_leaver_worker_id",
         12},
        {"ssd_permanence",
         "perm_table_id,perm_person_id,perm_cla_id,perm_adm_decision_date,perm_ffa_cp_decision_date,perm_"
         "placement_order_date,perm_placed_for_adoption_date,perm_matched_date,perm_adopted_by_carer_flag,"
         "perm_placed_ffa_cp_date,perm_decision_reversed_date,perm_placed_foster_carer_date,perm_part_of_"
         "sibling_group,perm_siblings_placed_together,perm_siblings_placed_apart,perm_placement_provider_urn,"
         "perm_decision_reversed_reason,perm_permanence_order_date,perm_permanence_order_type,perm_adoption_"
         "worker_id,perm_adopter_sex,perm_adopter_legal_status,perm_number_of_adopters",
         23},
        {"ssd_missing",
         "miss_table_id,miss_person_id,miss_missing_episode_start_date,miss_missing_episode_type,miss_"
         "missing_episode_end_date,miss_missing_rhi_offered,miss_missing_rhi_accepted",
         7},
        {"ssd_involvements",
         "invo_involvements_id,invo_professional_id,invo_professional_role_id,invo_professional_team,invo_"
         "involvement_start_date,invo_involvement_end_date,invo_worker_change_reason,invo_person_id,invo_"
         "referral_id",
         9},
        {"ssd_professionals",
         "prof_professional_id,prof_staff_id,prof_professional_name,prof_social_worker_registration_no,prof_"
         "professional_job_title,prof_professional_caseload,prof_professional_department,prof_full_time_"
         "equivalency,prof_agency_worker_flag",
         9},
        {"ssd_department", "dept_team_id,dept_team_name,dept_team_parent_id,dept_team_parent_name", 4},
        {"ssd_cp_plans",
         "cppl_cp_plan_id,cppl_referral_id,cppl_icpc_id,cppl_person_id,cppl_cp_plan_start_date,cppl_cp_plan_"
         "end_date,cppl_cp_plan_initial_category,cppl_cp_plan_ola,cppl_cp_plan_latest_category",
         9},
        {"ssd_cp_reviews",
         "cppr_cp_review_id,cppr_person_id,cppr_cp_plan_id,cppr_cp_review_due,cppr_cp_review_date,cppr_cp_"
         "review_meeting_id,cppr_cp_review_outcome_continue_cp,cppr_cp_review_quorate,cppr_cp_review_"
         "participation",
         9},
        {"ssd_cla_care_plan",
         "lacp_table_id,lacp_person_id,lacp_cla_care_plan_start_date,lacp_cla_care_plan_end_date,lacp_cla_"
         "care_plan_json",
         5},
        {"iro_notifications",
         "notification_id,person_id,came_into_care_date,notified_date,iro_allocated_date,iro_id", 6},
        {"iro_review_documents", "document_id,review_id,kind,completed_date,distributed_date,declined", 6},
        {"iro_review_attendance", "review_id,role,attended,chaired", 4},
        {"iro_review_changes",
         "review_id,original_date,new_date,child_views_obtained,area_manager_agreed,safeguarding_manager_"
         "agreed",
         6},
        {"iro_plans",
         "plan_id,person_id,kind,placement_id,completed_date,updated_date,shared_with_child_date,child_views_"
         "recorded,grade,implemented_in_timeframe",
         10},
        {"iro_oversight", "oversight_id,person_id,iro_id,oversight_date,kind,child_seen", 6},
        {"iro_case_activity", "person_id,activity_date,kind", 3},
        {"iro_significant_events", "person_id,event_date,kind,iro_notified_date", 4},
        {"iro_disputes", "dispute_id,person_id,iro_id,raised_date,category,resolved_date", 6},
        {"iro_dispute_stages", "dispute_id,stage,started_date,responded_date,ended_date", 5},
        {"iro_caseloads", "iro_id,as_at_date,children,full_time_equivalent", 4},
        {"iro_permanence_meetings", "person_id,meeting_date,permanence_plan_agreed_date", 3},
    };
    return shapes[static_cast<std::size_t>(table)];
}

}  // namespace caseaudit::generate::service
