#include "reports/workbook.h"

#include <cstdio>
#include <ctime>
#include <map>
#include <set>

#include "platform/memory_file.h"
#include "reports/libxlsxwriter.h"

namespace caseaudit::reports {
namespace {

constexpr std::size_t longest_cell = 32767;  // characters, Excel's own limit
constexpr std::size_t longest_name = 31;

// Cuts UTF-8 text to at most `limit` bytes, at a character.
std::string cut(std::string_view text, std::size_t limit) {
    if (text.size() <= limit) return std::string(text);
    while (limit > 0 && (static_cast<unsigned char>(text[limit]) & 0xC0) == 0x80) --limit;
    return std::string(text.substr(0, limit));
}

bool read_date(std::string_view text, lxw_datetime& date) {
    int year = 0, month = 0, day = 0;
    if (text.size() != 10 || std::sscanf(std::string(text).c_str(), "%4d-%2d-%2d", &year, &month, &day) != 3)
        return false;
    date = {year, month, day, 0, 0, 0};
    return year >= 1900;  // Excel knows no earlier ones
}

// Controls, which XML does not allow, and NUL, at which a C string would end.
std::string printable(std::string_view text) {
    std::string out(text);
    for (char& c : out)
        if (static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t') c = ' ';
    return cut(out, longest_cell);
}

}  // namespace

struct Workbook::Impl {
    Result<platform::MemoryFile> file = platform::MemoryFile::create();
    lxw_workbook* workbook = nullptr;
    lxw_worksheet* sheet = nullptr;
    std::set<std::string> names;
    std::map<std::pair<int, int>, lxw_format*> formats;
    lxw_error trouble = LXW_NO_ERROR;
    std::optional<Diagnostic> missing = platform::why_missing<XlsxWriter>();

    ~Impl() {
        if (workbook != nullptr) xlsx().workbook_free(workbook);
    }
    void note(lxw_error error) {
        if (error != LXW_NO_ERROR && trouble == LXW_NO_ERROR) trouble = error;
    }
    enum Kind : std::uint8_t { as_text, as_number, as_share, as_date };
    lxw_format* format(Look look, Kind kind) {
        auto& format = formats[{static_cast<int>(look), kind}];
        if (format != nullptr) return format;
        format = xlsx().workbook_add_format(workbook);
        constexpr const char* shapes[] = {"@", "#,##0.##", "0.0%", "dd/mm/yyyy"};
        xlsx().format_set_num_format(format, shapes[kind]);
        xlsx().format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
        if (kind == as_text) xlsx().format_set_text_wrap(format);
        if (kind == as_date) xlsx().format_set_align(format, LXW_ALIGN_LEFT);
        if (look == Look::heading || look == Look::strong || look == Look::title)
            xlsx().format_set_bold(format);
        if (look == Look::heading) xlsx().format_set_bottom(format, LXW_BORDER_THIN);
        if (look == Look::heading) xlsx().format_set_bg_color(format, 0xEEF2F6);
        if (look == Look::title) xlsx().format_set_font_size(format, 14);
        if (look == Look::title || look == Look::note) unset_wrap(format);
        if (look == Look::note) xlsx().format_set_font_color(format, 0x505A5F);
        return format;
    }
    static void unset_wrap(lxw_format* format) { format->text_wrap = LXW_FALSE; }
};

Workbook::Workbook(std::string_view as_at, std::string_view title) : impl_(std::make_unique<Impl>()) {
    if (!impl_->file || impl_->missing) return;
    impl_->workbook = xlsx().workbook_new(impl_->file->path().c_str());
    if (impl_->workbook == nullptr) return;
    lxw_datetime date{};
    std::tm day{};
    if (read_date(as_at, date)) {
        day.tm_year = date.year - 1900;
        day.tm_mon = date.month - 1;
        day.tm_mday = date.day;
    }
    lxw_doc_properties properties{};
    std::string shown(title), maker = "caseaudit";
    properties.title = shown.data();
    properties.author = maker.data();
    properties.created = ::timegm(&day);
    impl_->note(xlsx().workbook_set_properties(impl_->workbook, &properties));
}

Workbook::~Workbook() = default;

void Workbook::sheet(std::string_view name) {
    if (impl_->workbook == nullptr) return;
    std::string allowed(name.empty() ? "Sheet" : name);
    for (char& c : allowed)
        if (std::string_view("[]:*?/\\'").find(c) != std::string_view::npos ||
            static_cast<unsigned char>(c) < 0x20)
            c = '-';
    std::string unique = cut(allowed, longest_name);
    const auto folded = [](std::string text) {
        for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
        return text;
    };
    for (int number = 2; !impl_->names.insert(folded(unique)).second; ++number) {
        const auto suffix = fmt::format(" ({})", number);
        unique = cut(allowed, longest_name - suffix.size()) + suffix;
    }
    impl_->sheet = xlsx().workbook_add_worksheet(impl_->workbook, unique.c_str());
    if (impl_->sheet == nullptr) impl_->note(LXW_ERROR_MEMORY_MALLOC_FAILED);
}

void Workbook::width(std::uint16_t column, double characters) {
    if (impl_->sheet != nullptr)
        impl_->note(xlsx().worksheet_set_column(impl_->sheet, column, column, characters, nullptr));
}

void Workbook::text(std::uint32_t row, std::uint16_t column, std::string_view text, Look look) {
    if (impl_->sheet == nullptr) return;
    auto* format = impl_->format(look, Impl::as_text);
    impl_->note(text.empty() ? xlsx().worksheet_write_blank(impl_->sheet, row, column, format)
                             : xlsx().worksheet_write_string(impl_->sheet, row, column,
                                                             printable(text).c_str(), format));
}

void Workbook::number(std::uint32_t row, std::uint16_t column, double value, Look look) {
    if (impl_->sheet != nullptr)
        impl_->note(xlsx().worksheet_write_number(impl_->sheet, row, column, value,
                                                  impl_->format(look, Impl::as_number)));
}

void Workbook::share(std::uint32_t row, std::uint16_t column, double value, Look look) {
    if (impl_->sheet != nullptr)
        impl_->note(xlsx().worksheet_write_number(impl_->sheet, row, column, value,
                                                  impl_->format(look, Impl::as_share)));
}

void Workbook::date(std::uint32_t row, std::uint16_t column, std::string_view date) {
    lxw_datetime day{};
    if (!read_date(date, day)) return text(row, column, date);
    if (impl_->sheet != nullptr)
        impl_->note(xlsx().worksheet_write_datetime(impl_->sheet, row, column, &day,
                                                    impl_->format(Look::plain, Impl::as_date)));
}

void Workbook::freeze_above(std::uint32_t row) {
    if (impl_->sheet != nullptr) xlsx().worksheet_freeze_panes(impl_->sheet, row, 0);
}

void Workbook::filter(std::uint32_t first_row, std::uint32_t last_row, std::uint16_t last_column) {
    if (impl_->sheet != nullptr)
        impl_->note(xlsx().worksheet_autofilter(impl_->sheet, first_row, 0, last_row, last_column));
}

void Workbook::print_across(std::uint32_t heading_row) {
    if (impl_->sheet == nullptr) return;
    xlsx().worksheet_set_landscape(impl_->sheet);
    xlsx().worksheet_set_paper(impl_->sheet, 9);  // A4
    xlsx().worksheet_fit_to_pages(impl_->sheet, 1, 0);
    impl_->note(xlsx().worksheet_repeat_rows(impl_->sheet, heading_row, heading_row));
}

Result<std::string> Workbook::bytes() {
    if (!impl_->file) return impl_->file.errors();
    if (impl_->missing) return *impl_->missing;
    if (impl_->workbook != nullptr)
        impl_->note(xlsx().workbook_close(std::exchange(impl_->workbook, nullptr)));
    else
        impl_->note(LXW_ERROR_CREATING_XLSX_FILE);
    if (impl_->trouble == LXW_NO_ERROR) return impl_->file->read();
    return Diagnostic{"report.workbook",
                      fmt::format("the workbook could not be made: {}", xlsx().strerror(impl_->trouble)),
                      {},
                      {},
                      "see that there is room in the folder for temporary files (TMPDIR)",
                      {}};
}

}  // namespace caseaudit::reports
