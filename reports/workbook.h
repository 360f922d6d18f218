// An Excel workbook, through libxlsxwriter, made in memory. The same content gives the same bytes. Text is
// written as text in cells of the format Text: neither opening nor editing one makes a formula of it.
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "diagnostic/diagnostic.h"

namespace caseaudit::reports {

// Not shared between threads. Rows and columns count from 0.
class Workbook {
  public:
    enum class Look : std::uint8_t { plain, heading, title, strong, note };

    // `as_at` (yyyy-mm-dd) is what the file says of when it was made.
    Workbook(std::string_view as_at, std::string_view title);
    ~Workbook();
    Workbook(const Workbook&) = delete;
    Workbook& operator=(const Workbook&) = delete;

    // Begins a sheet, to which what follows goes. The name is shortened to the 31 characters that Excel
    // allows, characters it does not allow are replaced, and a second of the same name gets a number.
    void sheet(std::string_view name);
    void width(std::uint16_t column, double characters);
    void text(std::uint32_t row, std::uint16_t column, std::string_view text, Look look = Look::plain);
    void number(std::uint32_t row, std::uint16_t column, double value, Look look = Look::plain);
    // 0.984 shows as 98.4%.
    void share(std::uint32_t row, std::uint16_t column, double value, Look look = Look::plain);
    // A date yyyy-mm-dd as a date; other text as text.
    void date(std::uint32_t row, std::uint16_t column, std::string_view date);
    // Rows above `row` stay in view.
    void freeze_above(std::uint32_t row);
    void filter(std::uint32_t first_row, std::uint32_t last_row, std::uint16_t last_column);
    // Prints across the page, as wide as it, with `heading_row` on every page.
    void print_across(std::uint32_t heading_row);

    // The file; nothing may be added after it. Fails with "report.workbook", also when something before it
    // could not be done.
    Result<std::string> bytes();

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace caseaudit::reports
